import { z } from 'zod';
import { type Digest, EvidenceId, type SessionId, TaskId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { WorkerRole } from './role.ts';

/** What a task asks for; the part before the dot is the role that owns it. */
export const TaskType = z.enum([
  'collector.collect-live',
  'collector.index-estate',
  'collector.read-bill',
  'collector.read-decisions',
  'pricing.judge',
  'pricing.commitments',
  'rightsizing.judge',
  'upgrade-risk.judge',
  'budget.account',
  'budget.challenge',
]);
export type TaskType = z.infer<typeof TaskType>;

/** When a task is done: each phase is planned from the results of the ones before it. */
export const Phase = z.enum(['collection', 'analysis', 'challenge']);
export type Phase = z.infer<typeof Phase>;

/** Whether a task is ordered by the act `challenge`, and answered by `confirm` or `disconfirm`. */
export const isChallengeType = (type: TaskType): boolean => type === 'budget.challenge';

/**
 * One unit of work as the plan writes it: a pure function of the request and the inventory index.
 *
 * `input` names the blob with the task's own work list (JSON, content-addressed); `evidence` names everything the worker may read.
 */
export const TaskSpec = z.strictObject({
  task_id: TaskId,
  type: TaskType,
  role: WorkerRole,
  service: z.string().max(40),
  region: z.string().max(40),
  phase: Phase,
  input: EvidenceId,
  evidence: z.array(EvidenceId),
  context: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
});
export type TaskSpec = z.infer<typeof TaskSpec>;

/** States of a task (reliability 3.2); the last three are terminal and never change. */
export const TaskState = z.enum(['DISPATCHED', 'LEASED', 'DONE', 'FAILED', 'CANCELLED']);
export type TaskState = z.infer<typeof TaskState>;

/** Whether a task in this state is over. */
export const isTerminal = (state: TaskState): state is 'DONE' | 'FAILED' | 'CANCELLED' =>
  state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';

/** What the coordinator last saw of a live task, and at which of its ticks; unchanged for long enough means stale. */
export interface Observation {
  readonly tick: number;
  readonly seen: string;
}

/**
 * A task as the state store keeps it: one item, changed only by conditional updates.
 *
 * `request_wire` is the outbox: the signed request is in the item before it is published. `fence` never decreases and every
 * commit carries it. `result` holds the canonical result inline up to 64 KiB; `result_sha256` names the blob always.
 */
export interface TaskRecord {
  readonly session_id: SessionId;
  readonly task_id: TaskId;
  readonly role: WorkerRole;
  readonly type: TaskType;
  readonly phase: Phase;
  readonly state: TaskState;
  readonly dispatch: number;
  readonly fence: number;
  readonly attempt: number;
  readonly hb: number;
  readonly request_wire: string;
  readonly owner?: string;
  readonly boot_id?: string;
  readonly obs?: Observation;
  readonly result_sha256?: string;
  readonly result?: string;
  readonly answer_wire?: string;
  readonly code?: string;
  readonly message?: string;
  /** By the clocks of who wrote them, for people: first sent, taken last, ended. No decision reads them. */
  readonly dispatched_at_ms?: number;
  readonly leased_at_ms?: number;
  readonly ended_at_ms?: number;
}

/** The light view of a task the coordinator polls: no wires, no result. */
export type TaskStatus = Pick<
  TaskRecord,
  | 'task_id'
  | 'role'
  | 'phase'
  | 'state'
  | 'dispatch'
  | 'fence'
  | 'attempt'
  | 'hb'
  | 'owner'
  | 'boot_id'
  | 'obs'
  | 'code'
  | 'message'
  | 'dispatched_at_ms'
  | 'leased_at_ms'
  | 'ended_at_ms'
>;

/** States of a session; the last four are terminal. */
export const SessionState = z.enum([
  'CREATED',
  'RUNNING',
  'REPORTING',
  'DONE',
  'DONE_WITH_GAPS',
  'FAILED',
  'CANCELLED',
]);
export type SessionState = z.infer<typeof SessionState>;

/** Whether a session in this state is over. */
export const isSessionOver = (state: SessionState): boolean =>
  ['DONE', 'DONE_WITH_GAPS', 'FAILED', 'CANCELLED'].includes(state);

/**
 * What a person asked for, content-addressed: everything report.json depends on, and nothing else.
 *
 * `as_of` is the only date judgement sees. `inputs` names the blob that lists every input with its evidence id.
 */
export const SessionRequest = z.strictObject({
  as_of: z.iso.date(),
  inputs: EvidenceId,
  tables: z.strictObject({ prices: EvidenceId, instance_types: EvidenceId, lifecycle: EvidenceId }),
  /** How large and old the price table is, for the remarks of the report; `updated` counts entries read from AWS. */
  price_table: z
    .strictObject({
      entries: z.int().nonnegative(),
      updated: z.int().nonnegative(),
      newest: z.iso.date(),
      median_age_days: z.int().nonnegative(),
    })
    .optional(),
  roles: z.array(WorkerRole).min(1),
  /** Thresholds set by configuration, by name or by `<rule>.<name>`; decimal strings, as everything on the wire. */
  settings: z.record(z.string().max(160), z.string().regex(/^[0-9]+(\.[0-9]+)?$/)),
  /** Expressions on tags whose resources are set aside; absent when there are none. */
  exclude: z.array(z.string().max(500)).max(200).optional(),
  budget_usd: z.string().nullable(),
  question: z.string().max(2000).nullable(),
});
export type SessionRequest = z.infer<typeof SessionRequest>;

/**
 * A session as the state store keeps it. `tick` grows by one each pass of the coordinator that holds `fence`; `hb` while a
 * coordinator that works in short passes is in the middle of one.
 */
export interface SessionRecord {
  readonly session_id: SessionId;
  readonly state: SessionState;
  readonly request: SessionRequest;
  readonly created_at_ms: number;
  readonly deadline_ms: number;
  readonly tick: number;
  readonly fence: number;
  readonly owner?: string;
  readonly boot_id?: string;
  readonly hb?: number;
  readonly phase: Phase;
  /** Blob names of the task lists planned so far, by phase. */
  readonly plan_collection?: EvidenceId;
  readonly plan_analysis?: EvidenceId;
  readonly plan_challenge?: EvidenceId;
  readonly cancel?: boolean;
  readonly report_sha256?: Digest;
  /** Blob of the `close` message: what everybody said in the session. */
  readonly close_sha256?: Digest;
  /** Blob of what a model wrote about the report; absent when none was asked. */
  readonly narrative_sha256?: Digest;
  /** Where the trace of the session begins, as W3C Trace Context writes it. */
  readonly traceparent?: string;
  /** False: the report is composed, and its directory is not kept in the bucket of a deployment. */
  readonly save_report?: boolean;
  readonly ended_at_ms?: number;
  readonly code?: string;
  readonly message?: string;
}
