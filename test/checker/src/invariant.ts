import type { Violation } from './history.ts';
import type { HistoryIndex } from './history-index.ts';

/** One promise, and how a history is held against it. */
export interface Invariant {
  readonly id: string;
  /** The promise, as a sentence. */
  readonly says: string;
  readonly check: (index: HistoryIndex) => readonly Found[];
}

/** Where a promise is broken, and what was seen there. */
export type Found = Pick<Violation, 'seq' | 'message'>;
