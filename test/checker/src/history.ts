import type { At } from './at.ts';
import type { DeliveryEntry, EnqueueEntry, OutcomeEntry, PublishEntry, QuarantineEntry } from './bus-entries.ts';
import type { SessionItem, TaskItem } from './items.ts';

/** A key that messages of the run are believed under, as the trust document has it. */
export interface HistoryKey {
  readonly key_id: string;
  /** `ed25519:<43 characters of base64url>`. */
  readonly public_key: string;
  /** `if://agent/<scope>/<role>/<instance>`; an asterisk stands for any one segment. */
  readonly subject: string;
  readonly roles: readonly string[];
  readonly not_before: number;
  readonly not_after: number;
  readonly revoked_at?: number | undefined;
}

/** The first entry: what the run is, what is believed in it, and what was planned to go wrong. */
export interface WorldEntry extends At {
  readonly kind: 'world';
  readonly format: 1;
  /** `full`: every write and queue operation is here. `final`: only what was left (`item`, `blob`, `left`, `report`, `quarantine`). */
  readonly scope: 'full' | 'final';
  /** The run, for people: a seed, a commit, a scenario. */
  readonly name: string;
  readonly keys: readonly HistoryKey[];
  /**
   * How messages are signed: for real, or for speed by a stand-in (the first 64 bytes of HMAC-SHA-512 over the same PAE under the text
   * `stand-in <key_id>`), which an honest simulated attacker without the key does not compute.
   */
  readonly signatures: 'ed25519' | 'hmac-sha512';
  /** The most often a task may be leased. */
  readonly max_attempts: number;
  /** Largest distance of a process's clock from the world's. */
  readonly max_skew_ms: number;
  /** A session must be over this long after its deadline: two sweeps. */
  readonly grace_ms: number;
  /** Fault rates were below those for which it is promised that no work is lost to a deadline (I19). */
  readonly within_limits: boolean;
  /** Texts that only an attacker writes; none may be in a report. */
  readonly markers: readonly string[];
  /** Secrets that the run had in hand; none may be in a report, an error or a log. */
  readonly secrets: readonly string[];
}

/** A process of the run; a restart is a new process with a new name, identity and boot id. */
export interface ProcessEntry extends At {
  readonly kind: 'process';
  readonly process: string;
  readonly event: 'start' | 'stop' | 'crash' | 'pause' | 'resume';
  /** At `start`: coordinator, a worker role, or `door` (a person's command). */
  readonly role?: string | undefined;
  /** At `start`: the address it signs and leases with. */
  readonly identity?: string | undefined;
  readonly boot_id?: string | undefined;
  readonly tenant?: string | undefined;
  readonly skew_ms?: number | undefined;
  /** At `crash`: the crash point. */
  readonly point?: string | undefined;
}

/** How a write ended: `lost-applied` and `lost` told the writer the same, that nobody knows. */
export type WriteOutcome = 'applied' | 'refused' | 'lost-applied' | 'lost';

/** A conditional write on one item of the state store. `after` is the whole item where the write took effect. */
export type WriteEntry = At & {
  readonly kind: 'write';
  readonly by: string;
  readonly op: 'create' | 'change';
  readonly outcome: WriteOutcome;
  /** Of the key that was written; compared with the process's own. */
  readonly tenant?: string | undefined;
} & (
    | { readonly table: 'session'; readonly session: string; readonly after?: SessionItem | undefined }
    | {
        readonly table: 'task';
        readonly session: string;
        readonly task: string;
        readonly after?: TaskItem | undefined;
      }
  );

/** Somebody with the store's key changed an item or a blob behind everybody's back. */
export type TamperEntry = At & { readonly kind: 'tamper' } & (
    | { readonly table: 'session'; readonly session: string; readonly after: SessionItem }
    | { readonly table: 'task'; readonly session: string; readonly task: string; readonly after: TaskItem }
    | { readonly table: 'blob'; readonly session?: string | undefined; readonly id: string }
  );

/** Bytes put under their hash, as text or as base64. */
export interface BlobEntry extends At {
  readonly kind: 'blob';
  readonly by: string;
  readonly session?: string | undefined;
  readonly tenant?: string | undefined;
  /** What the writer was told the bytes hash to. */
  readonly id: string;
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
}

/** A change of a budget, in whole billionths of a USD. */
export type LedgerEntry = At & {
  readonly kind: 'ledger';
  readonly by: string;
  readonly budget: string;
  readonly entry: string;
  readonly outcome: WriteOutcome;
} & (
    | { readonly op: 'reserve'; readonly amount: number; readonly cap: number }
    | { readonly op: 'settle'; readonly reserved: number; readonly spent: number }
  );

/** Work that costs: an agent at a task (without a budget), or a model that was asked. `amount` is what was billed. */
export interface CallEntry extends At {
  readonly kind: 'call';
  readonly by: string;
  readonly session: string;
  readonly task: string;
  /** What it was reserved under, where it costs: the budget and the entry in it. */
  readonly budget?: string | undefined;
  readonly entry?: string | undefined;
  readonly amount?: number | undefined;
}

/**
 * A report was made. `gathered`: JSON with `results: [{task_id, role, result}]` and `gaps: [{what, code, detail}]`. `report.json`: the
 * product's own, which names no tasks but its gaps.
 */
export interface ReportEntry extends At {
  readonly kind: 'report';
  readonly by: string;
  readonly session: string;
  readonly format: 'gathered' | 'report.json';
  readonly sha256: string;
  readonly text: string;
}

/** An item as it was found at the end. */
export type ItemEntry = At & { readonly kind: 'item'; readonly tenant?: string | undefined } & (
    | { readonly table: 'session'; readonly item: SessionItem }
    | { readonly table: 'task'; readonly item: TaskItem }
  );

/** A message as it was found in a queue at the end. */
export interface LeftEntry extends At {
  readonly kind: 'left';
  readonly queue: string;
  readonly dead: boolean;
  readonly body: string;
  readonly code?: string | undefined;
}

/** The log of a session as it was read at some time, and the checkpoints that were signed over it so far. */
export interface LogEntry extends At {
  readonly kind: 'log';
  readonly session: string;
  /** NDJSON. */
  readonly text: string;
  /** C2SP signed notes. */
  readonly checkpoints: readonly string[];
}

/** Text that a person sees: a line of a log, an error. */
export interface TextEntry extends At {
  readonly kind: 'text';
  readonly by: string;
  readonly text: string;
}

/** Something that was made to go wrong and has no entry of its own. */
export interface FaultEntry extends At {
  readonly kind: 'fault';
  readonly fault: string;
  readonly detail?: string | undefined;
}

/** A person sent a dead letter again: the task, and its session if that was over, may move once more. */
export interface RedriveEntry extends At {
  readonly kind: 'redrive';
  readonly session: string;
  readonly task: string;
}

/** The run is over and everybody had the time to finish: what is not done by now never will be. */
export interface EndEntry extends At {
  readonly kind: 'end';
}

/** One line of a history. */
export type HistoryEntry =
  | WorldEntry
  | ProcessEntry
  | WriteEntry
  | TamperEntry
  | PublishEntry
  | EnqueueEntry
  | DeliveryEntry
  | OutcomeEntry
  | QuarantineEntry
  | BlobEntry
  | LedgerEntry
  | CallEntry
  | ReportEntry
  | ItemEntry
  | LeftEntry
  | LogEntry
  | TextEntry
  | FaultEntry
  | RedriveEntry
  | EndEntry;

/** A promise that a history breaks: which, at which entry (0-based line), and what was seen. */
export interface Violation {
  readonly invariant: string;
  readonly seq: number;
  readonly message: string;
}
