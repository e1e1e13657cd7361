import type { ResourceType } from '@infrafabric/finops';
import type { JsonObject } from '@infrafabric/protocol';
import type { Planned, Site, Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';

/** What is particular of such a resource. */
interface Plain {
  readonly type: ResourceType;
  readonly id: string;
  readonly workload: string;
  readonly answer: readonly [client: string, operation: string, member: string];
  readonly item: JsonObject;
}

/** A resource without metrics and without lines of its own on the bill. */
export const plain = ({ region }: Site, { type, id, workload, answer, item }: Plain): Omit<Planned, 'waste'> => ({
  type,
  id,
  region,
  workload,
  pieces: [{ client: answer[0], operation: answer[1], member: answer[2], item }],
  lines: [],
  charges: [],
});

/** The truth of its one kind of waste; `undefined` = it is none. */
export const told = (kind: WasteKind, truth: Truth | undefined): Pick<Planned, 'waste'> => ({
  waste: truth === undefined ? {} : { [kind]: truth },
});
