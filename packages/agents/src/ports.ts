import type { Gathered } from '@infrafabric/finops';
import type {
  AnalysisFigures,
  Clock,
  DeadLetters,
  Digest,
  EvidenceStore,
  Ids,
  Observer,
  SessionId,
  SessionRecord,
  StateStore,
  Tracer,
} from '@infrafabric/protocol';
import type { Mailbox } from '@infrafabric/bus';
import type { Desk } from './desk.ts';

/** Opens the store of a session's own blobs: work lists, plans, results, the report. */
export type BlobsOf = (session: SessionId) => EvidenceStore;

/** Whether the process behind a boot id lives; `undefined` when nobody here can know (another machine). */
export type IsBootAlive = (bootId: string) => boolean | undefined;

/** How the swarm keeps time; all counts are coordinator ticks, none is a wall clock (reliability 3.3). */
export interface Pace {
  /** Length of a tick: 50 ms embedded, 1 s on AWS (DESIGN 5). */
  readonly tickMs: number;
  /** Tasks are looked at again at the latest after this many ticks, even when no message hints at news; earlier when they are few. */
  readonly pollTicks: number;
  /** A lease without a heartbeat for this many ticks is revoked. */
  readonly leaseTicks: number;
  /** When no task of a role has moved for this many ticks, its waiting tasks are sent again. */
  readonly idleTicks: number;
  /** A worker beats this often while it works. */
  readonly heartbeatMs: number;
}

/** What a coordinator needs of the world. */
export interface CoordinatorPorts {
  readonly state: StateStore;
  readonly blobsOf: BlobsOf;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly observer: Observer;
  readonly pace: Pace;
  readonly bootId: string;
  readonly isBootAlive: IsBootAlive;
  /** Where messages are kept that nobody could handle; only told of without one. */
  readonly deadLetters?: DeadLetters;
  /** No spans without one. */
  readonly tracer?: Tracer;
  /** Makes report.json of what was gathered and stores it; the report package is on the same floor, so runtime hands it in. */
  readonly publishReport: (
    session: SessionRecord,
    gathered: Gathered,
  ) => Promise<{ sha256: Digest; findings: number; gaps: number; analysis?: AnalysisFigures }>;
}

/** What a worker needs of the world. */
export interface WorkerPorts {
  readonly state: StateStore;
  readonly blobsOf: BlobsOf;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly pace: Pace;
  readonly bootId: string;
  /** The longest that a worker works on a task it took; until the deadline of the session unless given. */
  readonly taskLimitMs?: number;
  /** No spans without one. */
  readonly tracer?: Tracer;
  /** As for the coordinator. */
  readonly deadLetters?: DeadLetters;
  readonly desk: Desk;
}
