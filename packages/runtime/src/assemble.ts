import {
  type Agent,
  AGENTS,
  type Coordinator,
  type CoordinatorPorts,
  type Desk,
  openCoordinator,
  openDesk,
  openWorker,
  watchDeadLetters,
  type Pace,
  type WorkerPorts,
} from '@infrafabric/agents';
import { type BusDriver, contentsIn, type Mailbox, openMailbox, snsSqsBus } from '@infrafabric/bus';
import type { EvidenceStore, Observer, ReplayMemory, Role, SessionId, WorkerRole } from '@infrafabric/protocol';
import { dynamoDeadLetters, dynamoLedger, dynamoState, quarantineBox, s3Evidence } from '@infrafabric/store';
import { thisBootId } from './boot.ts';
import type { Clients } from './clients.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Fabric } from './fabric.ts';
import type { Home } from './home.ts';
import { systemIds } from './ids.ts';
import type { Keys } from './keys/open-keys.ts';
import { lazyLiveReader } from './live/reader.ts';
import type { Addresses } from './provision.ts';
import { RETENTION_DAYS } from './retention.ts';
import { composeAndStore } from './publish-report.ts';
import { type SessionTracer, sessionTracer } from './telemetry/tracer.ts';

/** Evidence the agents of one process keep at hand together: about as much as the tasks in hand read at a time. */
const DESK_BYTES = 64 * 1024 * 1024;

const DAY_MS = 86_400_000;

/** What differs between a machine of one's own and a function of a deployment. */
export interface Parts {
  readonly config: Config;
  readonly home: Home;
  readonly keys: Keys;
  readonly clients: Clients;
  readonly addresses: Addresses;
  /** Roles whose queue is behind the topic although this process has no URL of it. */
  readonly beyond: readonly Role[];
  /** What moves messages; SNS and SQS unless given. */
  readonly driver?: BusDriver | undefined;
  /** How long SQS hides a message that was received and not yet extended; as the bus has it unless given. */
  readonly visibilityMs?: number | undefined;
  readonly pace: Pace;
  readonly replay: () => ReplayMemory;
  readonly isBootAlive: CoordinatorPorts['isBootAlive'];
}

/** A fabric, and the ports of its agents for whoever hands them their messages one by one. */
export interface Assembled {
  readonly fabric: Fabric;
  readonly agentPorts: (role: WorkerRole, observer: Observer) => { readonly agent: Agent; readonly ports: WorkerPorts };
  readonly coordinatorPorts: (observer: Observer) => CoordinatorPorts;
}

/** Puts the parts of an installation together; nothing is asked of AWS yet. */
export function assemble(parts: Parts): Assembled {
  const { config, keys, clients, addresses, beyond } = parts;
  const driver =
    parts.driver ??
    snsSqsBus({
      sns: clients.sns,
      sqs: clients.sqs,
      clock: systemClock,
      beyond,
      visibilityMs: parts.visibilityMs,
      ...addresses,
    });
  const stores = openStores(config, clients, addresses);
  const live = lazyLiveReader(config, stores.evidence);
  const tracer = sessionTracer();
  const { bucketName: bucket } = addresses;
  const contents = contentsIn({ blobsOf: stores.blobsOf, bucket, tenant: config.tenant });
  const mailboxOf = (role: Role): Mailbox =>
    openMailbox({
      identity: { scope: config.namePrefix, role, instance: thisBootId },
      signer: keys.signerOf(role),
      trust: keys.trust,
      driver,
      clock: systemClock,
      ids: systemIds,
      replay: parts.replay(),
      quarantine: stores.quarantine,
      contents,
    });
  const agents = agentsOf(parts, { ...stores, live, tracer }, mailboxOf);
  const { startWorker, startCoordinator, agentPorts, coordinatorPorts } = agents;
  const close = async (): Promise<void> => {
    await live.close();
    await driver.close();
    clients.close();
  };
  const { home } = parts;
  const installation = { config, home, keys, clients, addresses, mailboxOf, clock: systemClock, tracer };
  const fabric = { ...installation, ...stores, startWorker, startCoordinator, coordinatorPorts, close };
  return { agentPorts, coordinatorPorts, fabric };
}

type Stores = Pick<Fabric, 'state' | 'ledger' | 'evidence' | 'blobsOf' | 'quarantine' | 'deadLetters'>;

/** Where state and evidence are. */
export function openStores(config: Config, { s3, dynamodb }: Clients, { bucketName, tableName }: Addresses): Stores {
  const place = { client: s3, bucket: bucketName, tenant: config.tenant };
  const items = { client: dynamodb, table: tableName, tenant: config.tenant };
  return {
    state: dynamoState(items),
    ledger: dynamoLedger(items),
    deadLetters: dynamoDeadLetters({ ...items, clock: systemClock, keepMs: config.deadLetterDays * DAY_MS }),
    evidence: s3Evidence(place),
    blobsOf: recentBlobs((session) => s3Evidence({ ...place, session })),
    quarantine: quarantineBox({
      s3,
      bucket: bucketName,
      dynamodb,
      table: tableName,
      tenant: config.tenant,
      clock: systemClock,
      keepMs: RETENTION_DAYS.quarantine * DAY_MS,
    }),
  };
}

/** Stores of the blobs of sessions that are kept open, with what each keeps at hand; more run side by side, but read their blobs again. */
const MAX_OPEN_BLOBS = 16;

/** The same store for a session as long as few others were asked for since. */
export function recentBlobs(open: Fabric['blobsOf']): Fabric['blobsOf'] {
  const recent = new Map<SessionId, EvidenceStore>();
  return (session) => {
    const store = recent.get(session) ?? open(session);
    recent.delete(session);
    recent.set(session, store);
    const [oldest] = recent.keys();
    if (recent.size > MAX_OPEN_BLOBS && oldest !== undefined) recent.delete(oldest);
    return store;
  };
}

/** One desk for all workers that are open; what it keeps at hand goes with the last of them. */
function sharedDesk(open: () => Desk): { readonly take: () => { readonly desk: Desk; readonly leave: () => void } } {
  let shared: { readonly desk: Desk; readonly users: Set<symbol> } | undefined;
  return {
    take: () => {
      const { desk, users } = (shared ??= { desk: open(), users: new Set() });
      const user = Symbol('worker');
      users.add(user);
      const leave = (): void => {
        users.delete(user);
        if (users.size === 0 && shared?.users === users) shared = undefined;
      };
      return { desk, leave };
    },
  };
}

function agentsOf(
  { config, pace, isBootAlive }: Parts,
  {
    state,
    evidence,
    blobsOf,
    deadLetters,
    live,
    tracer,
  }: Stores & {
    readonly live: ReturnType<typeof lazyLiveReader>;
    readonly tracer: SessionTracer;
  },
  mailboxOf: Fabric['mailboxOf'],
): Omit<Assembled, 'fabric'> & Pick<Fabric, 'startWorker' | 'startCoordinator'> {
  const desk = sharedDesk(() => openDesk(evidence, undefined, DESK_BYTES));
  const common = { state, blobsOf, deadLetters, clock: systemClock, pace, bootId: thisBootId, tracer };
  const portsOf = (role: WorkerRole, observer: Observer, shared: Desk): WorkerPorts => {
    const own = role === 'collector' ? { ...shared, live: live.read } : shared;
    const mailbox = mailboxOf(role);
    const taskLimitMs = config.taskLimitMinutes * 60_000;
    return { ...common, mailbox, observer: saidBy(mailbox, observer), desk: own, taskLimitMs };
  };
  const coordinatorPorts = (observer: Observer): CoordinatorPorts => {
    const mailbox = mailboxOf('coordinator');
    return {
      ...common,
      mailbox,
      ids: systemIds,
      observer: saidBy(mailbox, observer),
      isBootAlive,
      publishReport: composeAndStore(blobsOf, systemClock),
    };
  };
  return {
    agentPorts: (role, observer) => ({ agent: agentOf(role), ports: portsOf(role, observer, desk.take().desk) }),
    coordinatorPorts,
    startWorker: (role, observer) => {
      const { desk: shared, leave } = desk.take();
      const worker = openWorker(agentOf(role), portsOf(role, observer, shared));
      return { close: () => worker.close().finally(leave) };
    },
    startCoordinator: (observer) => startCoordinator(coordinatorPorts(observer)),
  };
}

/** A coordinator that looks after the dead letters as well, for as long as it is open. */
function startCoordinator(ports: CoordinatorPorts): Coordinator {
  const coordinator = openCoordinator(ports);
  const letters = watchDeadLetters(ports);
  return { ...coordinator, close: async () => void (await Promise.all([coordinator.close(), letters.close()])) };
}

/** Tells an observer who says what. */
function saidBy({ identity }: Mailbox, observer: Observer): Observer {
  return { event: (event) => observer.event({ ...event, agent_id: identity }) };
}

function agentOf(role: WorkerRole): Agent {
  const agent = AGENTS.find((one) => one.role === role);
  if (agent === undefined) throw new TypeError(`no agent has the role ${role}`);
  return agent;
}
