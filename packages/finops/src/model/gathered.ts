import type { SessionRequest, WorkerRole } from '@infrafabric/protocol';
import type { InputManifest } from './input.ts';
import type { TaskResult } from './result.ts';

/** A task that ended without a result, or a requested input that is not there: printed as what it is. */
export interface Gap {
  readonly code: string;
  /** What is missing: a task id, an input, or an account. */
  readonly what: string;
  readonly detail: string;
}

/** A verified result: its signature, its binding to our request and its hash all held. */
export interface GatheredResult {
  readonly task_id: string;
  readonly role: WorkerRole;
  readonly result: TaskResult;
}

/** The inputs of a session as a whole: what it was given, and what its live tasks read. */
export function wholeManifest(manifest: InputManifest, results: readonly TaskResult[]): InputManifest {
  const live = results.filter((result) => result.kind === 'live');
  return {
    ...manifest,
    files: [...manifest.files, ...live.flatMap((result) => result.files)],
    failed: [...manifest.failed, ...live.flatMap((result) => result.failed)],
  };
}

/** Everything report.json is made of: a pure function of terminal state, sorted by task id. */
export interface Gathered {
  readonly request: SessionRequest;
  readonly manifest: InputManifest;
  readonly results: readonly GatheredResult[];
  readonly gaps: readonly Gap[];
}
