import type { DecimalString, EvidenceId, JsonObject, MediaType } from '@infrafabric/protocol';
import type { BillFormat } from '../bill/bill-format.ts';
import type { FailureCode } from '../failure-advice.ts';
import type { ResourceType } from './resource.ts';

/**
 * One input of a session, already stored as evidence.
 *
 * `name` is the path inside the input folder (POSIX separators) or the basename of a single file; never an absolute path.
 * `sha256` (hex) is of the file as found; `evidence` is what was stored, which differs when secrets were replaced and when a
 * bill is too large to travel: then its lines are merged by day (`evidence`) and by resource (`resources`), the file itself
 * stays where it is, and whoever has it can make both again.
 */
export interface InputFile {
  readonly kind: 'answer' | 'metrics' | 'requests' | 'bill' | 'rates' | 'decisions';
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly evidence: EvidenceId;
  readonly redactions: number;
  /** For an AWS answer: where it was asked and what. `account` is absent when the folder does not say it. */
  readonly account?: string;
  readonly region?: string;
  readonly client?: string;
  readonly operation?: string;
  /** For an AWS answer: what was asked, as `requests.ndjson` says it, when it is not nothing. */
  readonly input?: JsonObject;
  /** For a bill: what its header says it is, and how the stored evidence is read. */
  readonly format?: BillFormat;
  readonly media_type?: MediaType;
  /** For a bill too large to travel: its lines by resource. */
  readonly resources?: EvidenceId;
  /** For a FOCUS bill: how many of its lines equal an earlier line in every column; absent when none does. */
  readonly equal_lines?: number;
  /** For a bill: the exact sum of every BilledCost (or unblended cost) cell of the file by currency, read on its own. */
  readonly billed?: Readonly<Record<string, DecimalString>>;
}

/** A call that was made but has no answer: denied, throttled away or failed. It becomes a gap or an UNKNOWN. */
export interface FailedRequest {
  readonly account?: string;
  readonly region: string;
  readonly client: string;
  readonly operation: string;
  readonly error_code: string;
  /** For a call that was denied: the IAM actions it takes, or the operation when nobody knows them. */
  readonly denied?: readonly string[];
  /** What the failure means, when that has a remedy of its own. */
  readonly code?: FailureCode;
}

/** A kind of resource AWS did not let us list or describe in one place, and the IAM actions that takes. */
export interface DeniedType {
  readonly account: string;
  readonly region: string;
  readonly type: ResourceType;
  readonly actions: readonly string[];
}

/**
 * What a live collection is to read: every account in every region (`global` stands for the operations of an account).
 *
 * Credentials are not in it: whoever performs the tasks holds them.
 */
export interface LivePlan {
  readonly places: readonly { readonly account: string; readonly region: string }[];
  /** UTC date of the collection, YYYY-MM-DD. */
  readonly today: string;
  /** Days of metrics and cost. */
  readonly days: number;
  /** False: Cost Explorer is not asked. */
  readonly cost?: boolean;
}

/** Everything a session was given; content-addressed, so the plan is a pure function of it. */
export interface InputManifest {
  readonly files: readonly InputFile[];
  readonly failed: readonly FailedRequest[];
  /** Valid files no reader of ours understands, counted by reason. */
  readonly unused: readonly { readonly name: string; readonly reason: string }[];
  /** What the session reads itself; its answers come as results of tasks. */
  readonly live?: LivePlan;
}
