import type { CrashPoint } from './operations.ts';

/** What came of one scenario. */
export interface Outcome {
  /** Processes that died of kill -9. */
  readonly kills: number;
  /** The named points among them. */
  readonly hits: readonly CrashPoint[];
  /** What is broken; nothing when all promises were kept. */
  readonly problems: readonly string[];
  /** Points that were armed and not come to. */
  readonly missed: readonly string[];
}
