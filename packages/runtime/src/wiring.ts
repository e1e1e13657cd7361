import { AGENTS, type Desk, openCoordinator, openDesk, openWorker, type Pace } from '@infrafabric/agents';
import { type Mailbox, openMailbox, snsSqsBus } from '@infrafabric/bus';
import { type EvidenceStore, replayMemory, type Role, type SessionId } from '@infrafabric/protocol';
import { dynamoLedger, dynamoState, quarantineBox, s3Evidence } from '@infrafabric/store';
import { isBootAlive, thisBootId } from './boot.ts';
import { awsClients, type Clients, embeddedClients } from './clients.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { openEmbeddedAws } from './embedded/embedded-aws.ts';
import type { Fabric } from './fabric.ts';
import { openHome } from './home.ts';
import { systemIds } from './ids.ts';
import { openKeys } from './keys.ts';
import { lazyLiveReader } from './live/reader.ts';
import { type Addresses, provision } from './provision.ts';
import { composeAndStore } from './publish-report.ts';
import { topologyOf } from './topology.ts';

/** Ticks of 50 ms embedded, 1 s on AWS (DESIGN 5); a silent lease is revoked after 10 s and 60 s. */
const PACE: Readonly<Record<Config['mode'], Pace>> = {
  embedded: { tickMs: 50, pollTicks: 20, leaseTicks: 200, idleTicks: 100, heartbeatMs: 1_000 },
  aws: { tickMs: 1_000, pollTicks: 5, leaseTicks: 60, idleTicks: 120, heartbeatMs: 10_000 },
};

/** Evidence the agents of one process keep at hand together: about as much as the tasks in hand read at a time. */
const DESK_BYTES = 64 * 1024 * 1024;

/** Opens everything the configuration names; the only place that chooses drivers. Imported on use, with the SDK it brings. */
export async function wireFabric(config: Config): Promise<Fabric> {
  const home = openHome(config.home);
  const keys = openKeys(home, config.tenant, systemClock.nowMs());
  const embedded = config.mode === 'embedded' ? await openEmbeddedAws(home) : undefined;
  const clients =
    embedded === undefined ? awsClients() : embeddedClients(embedded.requestHandler, embedded.accessKeyId);
  const addresses = await provision(topologyOf(config.namePrefix, config.resultsBucket), clients);
  const driver = snsSqsBus({ sns: clients.sns, sqs: clients.sqs, clock: systemClock, ...addresses });
  const stores = openStores(config, clients, addresses);
  const live = lazyLiveReader(config, stores.evidence);
  const mailboxOf = (role: Role): Mailbox =>
    openMailbox({
      identity: { scope: config.namePrefix, role, instance: thisBootId },
      signer: keys.signerOf(role),
      trust: keys.trust,
      driver,
      clock: systemClock,
      ids: systemIds,
      replay: replayMemory(systemClock),
      quarantine: stores.quarantine,
    });
  return {
    config,
    home,
    keys,
    clients,
    addresses,
    mailboxOf,
    clock: systemClock,
    state: stores.state,
    ledger: stores.ledger,
    evidence: stores.evidence,
    blobsOf: stores.blobsOf,
    quarantine: stores.quarantine,
    ...agentsOf(config, { ...stores, live }, mailboxOf),
    close: async () => {
      await live.close();
      await driver.close();
      clients.close();
      await embedded?.close();
    },
  };
}

type Stores = Pick<Fabric, 'state' | 'ledger' | 'evidence' | 'blobsOf' | 'quarantine'>;

function openStores(config: Config, { s3, dynamodb }: Clients, { bucketName, tableName }: Addresses): Stores {
  const place = { client: s3, bucket: bucketName, tenant: config.tenant };
  const blobs = new Map<SessionId, EvidenceStore>();
  return {
    state: dynamoState({ client: dynamodb, table: tableName, tenant: config.tenant }),
    ledger: dynamoLedger({ client: dynamodb, table: tableName, tenant: config.tenant }),
    evidence: s3Evidence(place),
    blobsOf: (session) => {
      const known = blobs.get(session) ?? s3Evidence({ ...place, session });
      blobs.set(session, known);
      return known;
    },
    quarantine: quarantineBox({
      s3,
      bucket: bucketName,
      dynamodb,
      table: tableName,
      tenant: config.tenant,
      clock: systemClock,
    }),
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
  config: Config,
  { state, evidence, blobsOf, live }: Stores & { readonly live: ReturnType<typeof lazyLiveReader> },
  mailboxOf: Fabric['mailboxOf'],
): Pick<Fabric, 'startWorker' | 'startCoordinator'> {
  const desk = sharedDesk(() => openDesk(evidence, undefined, DESK_BYTES));
  const common = { state, blobsOf, clock: systemClock, pace: PACE[config.mode], bootId: thisBootId };
  return {
    startWorker: (role, observer) => {
      const agent = AGENTS.find((one) => one.role === role);
      if (agent === undefined) throw new TypeError(`no agent has the role ${role}`);
      const { desk: shared, leave } = desk.take();
      const own = role === 'collector' ? { ...shared, live: live.read } : shared;
      const worker = openWorker(agent, { ...common, mailbox: mailboxOf(role), observer, desk: own });
      return { close: () => worker.close().finally(leave) };
    },
    startCoordinator: (observer) =>
      openCoordinator({
        ...common,
        mailbox: mailboxOf('coordinator'),
        ids: systemIds,
        observer,
        isBootAlive,
        publishReport: composeAndStore(blobsOf),
      }),
  };
}
