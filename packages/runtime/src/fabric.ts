import type { Coordinator, CoordinatorPorts, Worker } from '@infrafabric/agents';
import type { Mailbox } from '@infrafabric/bus';
import type {
  Clock,
  DeadLetters,
  EvidenceStore,
  Ledger,
  Observer,
  Role,
  SessionId,
  StateStore,
  WorkerRole,
} from '@infrafabric/protocol';
import type { QuarantineBox } from '@infrafabric/store';
import type { Clients } from './clients.ts';
import type { Config } from './config/config.ts';
import type { Home } from './home.ts';
import type { Keys } from './keys/open-keys.ts';
import type { Addresses } from './provision.ts';
import type { SessionTracer } from './telemetry/tracer.ts';

/** Every port of an installation, opened: what a door needs to start, watch or finish a session. */
export interface Fabric {
  readonly config: Config;
  readonly home: Home;
  readonly keys: Keys;
  readonly clients: Clients;
  readonly addresses: Addresses;
  readonly state: StateStore;
  /** Money that models may spend, shared by every process of the installation. */
  readonly ledger: Ledger;
  readonly evidence: EvidenceStore;
  readonly blobsOf: (session: SessionId) => EvidenceStore;
  readonly quarantine: QuarantineBox;
  readonly deadLetters: DeadLetters;
  readonly mailboxOf: (role: Role) => Mailbox;
  readonly clock: Clock;
  readonly tracer: SessionTracer;
  readonly startWorker: (role: WorkerRole, observer: Observer) => Worker;
  readonly startCoordinator: (observer: Observer) => Coordinator;
  /** What ends a session without running it needs. */
  readonly coordinatorPorts: (observer: Observer) => CoordinatorPorts;
  readonly close: () => Promise<void>;
}

/** Opens everything the configuration names. A door that never calls it never loads the SDK or a driver. */
export async function openFabric(config: Config): Promise<Fabric> {
  const { wireFabric } = await import('./wiring.ts');
  return wireFabric(config);
}

/** Does something with an installation that is open for no longer than that takes. */
export async function withFabric<Result>(config: Config, use: (fabric: Fabric) => Promise<Result>): Promise<Result> {
  const fabric = await openFabric(config);
  try {
    return await use(fabric);
  } finally {
    await fabric.close();
  }
}
