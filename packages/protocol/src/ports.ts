import type { EvidenceId, SessionId, TaskId } from './ids.ts';
import type { SessionEvent } from './event.ts';
import type { SessionRecord, TaskRecord, TaskStatus } from './task.ts';

/** Reads time. Judgement never sees it; only the swarm's own bookkeeping does. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Makes identifiers. */
export interface Ids {
  /** A UUID version 7 (RFC 9562), lower case. */
  uuidv7(): string;
}

/** Hears what happens in a session, in order; must not throw and must not block. */
export interface Observer {
  event(event: SessionEvent): void;
}

/** A piece of work of a session, as its trace shows it. */
export interface SpanStart {
  readonly name: string;
  readonly session: SessionId;
  /** The `traceparent` of what asked for the work; without one the work begins the session's trace. */
  readonly parent: string | undefined;
  /** No content: ids, roles, numbers. */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** Makes the spans of a session's trace. */
export interface Tracer {
  /** Does work inside a span, which is told its own `traceparent` to hand on; what the work throws marks the span and passes. */
  span<T>(start: SpanStart, work: (traceparent: string) => Promise<T>): Promise<T>;
}

/** Bytes kept under their own hash: writing twice is harmless, and what is read was hashed again first. */
export interface EvidenceStore {
  /** Stores bytes, durably before it resolves. `fresh` is false when the same bytes were there already. */
  put(bytes: Uint8Array): Promise<{ id: EvidenceId; fresh: boolean }>;
  /**
   * With `most`, the size is asked for first and bytes are counted as they come.
   * @throws StoreError `EVIDENCE_MISSING`, `EVIDENCE_CORRUPT`, `UNAVAILABLE`; `TOO_LARGE` above `most` bytes.
   */
  get(id: EvidenceId, most?: number): Promise<Uint8Array>;
}

/** A test on one attribute of an item: equal to a value, one of several, below a bound, or absent. */
export type Expected =
  | string
  | number
  | boolean
  | { in: readonly (string | number)[] }
  | { below: number }
  | { absent: true };

/** One conditional update of one item: when every `expect` holds, apply `set`, `add` and `remove`, all or nothing. */
export interface Change<T> {
  readonly expect: { readonly [K in keyof T]?: Expected };
  readonly set?: { readonly [K in keyof T]?: T[K] };
  readonly add?: { readonly [K in keyof T]?: number };
  readonly remove?: readonly (keyof T)[];
}

/**
 * Session and task state: single-item conditional updates and nothing else.
 *
 * A conditional call answers `undefined` (or false) when the condition did not hold; that is a normal answer.
 * A call that throws `UNAVAILABLE` may or may not have happened: the caller must recognise its own success.
 */
export interface StateStore {
  createSession(record: SessionRecord): Promise<boolean>;
  session(id: SessionId): Promise<SessionRecord | undefined>;
  /** Every session of the tenant, newest first; with `onlyOpen`, those that are not over, without reading again those that were. */
  sessions(options?: { readonly onlyOpen?: boolean }): Promise<SessionRecord[]>;
  changeSession(id: SessionId, change: Change<SessionRecord>): Promise<SessionRecord | undefined>;
  createTask(record: TaskRecord): Promise<boolean>;
  task(session: SessionId, task: TaskId): Promise<TaskRecord | undefined>;
  /** Every task of a session with wires and results, by task id. */
  tasks(session: SessionId): Promise<TaskRecord[]>;
  /** The same, a page at a time, as many as the store answers at once: what is not kept of a page takes no memory at the next. */
  taskPages(session: SessionId): AsyncIterable<readonly TaskRecord[]>;
  /** The light view of every task of a session, by task id. */
  taskStatuses(session: SessionId): Promise<TaskStatus[]>;
  /** The same, a page at a time. */
  statusPages(session: SessionId): AsyncIterable<readonly TaskStatus[]>;
  changeTask(session: SessionId, task: TaskId, change: Change<TaskRecord>): Promise<TaskRecord | undefined>;
}

/** What stands in a budget, in whole billionths of a USD. */
export interface Balance {
  /** Spent, and reserved by what is under way; a process that dies leaves its reservation here. */
  readonly committed: number;
  readonly spent: number;
  /** Entries that were settled. */
  readonly settled: number;
}

/**
 * Money against caps that several processes share: reserved before it is spent, settled after. Amounts are whole billionths of a
 * USD, so that a price of 0.01 USD for a million tokens is a whole number a token.
 *
 * One conditional update of one item a call. Each entry (a name of its own) reserves once and settles once, however often it is
 * said; a call that throws `UNAVAILABLE` may have reserved, and never has spent.
 */
export interface Ledger {
  /** Commits `amount` unless the budget would pass `cap`; answers whether it did. */
  reserve(budget: string, entry: string, bound: { readonly amount: number; readonly cap: number }): Promise<boolean>;
  /** Puts what was spent in the place of what was reserved. */
  settle(budget: string, entry: string, paid: { readonly reserved: number; readonly spent: number }): Promise<void>;
  balance(budget: string): Promise<Balance>;
}

/**
 * Remembers which messages were seen, until they can no longer be accepted.
 *
 * `fresh` = never seen; `duplicate` = same id, same bytes; `reused` = same id, other bytes (a security event).
 */
export interface ReplayMemory {
  remember(
    session: SessionId,
    messageId: string,
    wireSha256: string,
    expiresAtMs: number,
  ): Promise<'fresh' | 'duplicate' | 'reused'>;
}
