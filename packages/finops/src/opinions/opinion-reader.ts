import type { Claim } from '@infrafabric/protocol';
import type { ResourceType } from '../model/resource.ts';
import type { Opinion, OpinionSource } from './opinion.ts';
import type { Item } from './opinion-claim.ts';

/** An opinion and the claim that cites it. */
export interface Read {
  readonly opinion: Opinion;
  readonly claim: Claim;
}

/** How to read the answers of one operation of an advising service. */
export interface OpinionReader {
  readonly source: OpinionSource;
  readonly type: ResourceType | 'any';
  /** Whether it answers for the region it was asked in or for all. */
  readonly region: 'asked' | 'any';
  /** Path to the items, see `walk`; the empty path for an answer that is itself the item. */
  readonly at: (operation: string) => string;
  /** `undefined` for an item that names no resource. `around` is the answer. */
  readonly read: (item: Item, around: unknown) => Read | undefined;
}
