import type { CrashPoint } from './operations.ts';
import type { Expected } from './expected.ts';

/** A promise that was not kept. `lost`: a session or a task that has not ended. `report`: other bytes than an undisturbed run's. */
export interface Problem {
  readonly kind: 'lost' | 'broken' | 'report';
  readonly text: string;
}

/** A session or a task that has not ended. */
export const lost = (text: string): Problem => ({ kind: 'lost', text });

/** Any other promise. */
export const broken = (text: string): Problem => ({ kind: 'broken', text });

/** A report that is not what it must be. */
export const differing = (text: string): Problem => ({ kind: 'report', text });

/** A process that ended as it should not, with the last it said. */
export const endedWrong = (who: string, status: number | string, lines: readonly string[]): Problem =>
  broken(`${who} ended with ${status}: ${lines.slice(-6).join(' | ')}`);

/** What came of one scenario. */
export interface Outcome {
  /** Processes that died of kill -9. */
  readonly kills: number;
  /** The named points among them. */
  readonly hits: readonly CrashPoint[];
  /** What is broken; nothing when all promises were kept. */
  readonly problems: readonly Problem[];
  /** Points that were armed and not come to. */
  readonly missed: readonly string[];
  /** Why it could not be tried on this machine. */
  readonly skipped?: string;
}

/** What every scenario is given. */
export interface Fire {
  /** Decides everything that is left to chance. */
  readonly random: () => number;
  readonly expected: Expected;
}
