import type { SessionId, TaskId } from './ids.ts';
import type { WorkerRole } from './role.ts';

/** What a session tells its watchers: one event log, several readers (terminal, log lines, event stream). */
export type SessionEvent = { readonly session_id: SessionId; readonly at_ms: number } & (
  | { readonly type: 'session-started' }
  | { readonly type: 'plan-made'; readonly phase: 'collection' | 'analysis'; readonly tasks: number }
  | { readonly type: 'task-leased'; readonly task_id: TaskId; readonly role: WorkerRole; readonly attempt: number }
  | {
      readonly type: 'task-ended';
      readonly task_id: TaskId;
      readonly role: WorkerRole;
      readonly state: 'DONE' | 'FAILED' | 'CANCELLED';
      readonly code?: string;
    }
  | { readonly type: 'task-revoked'; readonly task_id: TaskId; readonly role: WorkerRole; readonly reason: string }
  | { readonly type: 'message-refused'; readonly code: string; readonly wire_sha256: string }
  /** A call of a language model that was paid for: its model, tokens and what it cost, a decimal string of USD. */
  | {
      readonly type: 'model-called';
      readonly model: string;
      readonly input_tokens: number;
      readonly output_tokens: number;
      readonly usd: string;
    }
  | { readonly type: 'report-made'; readonly report_sha256: string; readonly findings: number }
  | { readonly type: 'session-ended'; readonly state: string }
);
