import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { nameInsteadOfSigning, namingSigner, type SdkRequestHandler, trimForThisProcess } from '@infrafabric/aws-local';
import { contentsIn, openMailbox, snsSqsBus } from '@infrafabric/bus';
import { smallTopology } from '@infrafabric/bus/testing';
import type { InputFile } from '@infrafabric/finops';
import {
  canonicalBytes,
  type Clock,
  evidenceId,
  type EvidenceStore,
  type Role,
  type SessionEvent,
  type SessionId,
  type SessionRecord,
  sha256Hex,
  type StateStore,
} from '@infrafabric/protocol';
import { aSwarm } from '@infrafabric/protocol/testing';
import { dynamoReplay, dynamoState, s3Evidence } from '@infrafabric/store';
import { sessionIdOf, sessionRecord } from '@infrafabric/store/testing';
import type { Agent } from '../agent.ts';
import { type Coordinator, openCoordinator } from '../coordinator/coordinator.ts';
import { openDesk } from '../desk.ts';
import type { BlobsOf, CoordinatorPorts, Pace } from '../ports.ts';
import { openWorker } from '../worker/worker.ts';

/** A coordinator and a collector on the embedded AWS in one process: the shipped parts, as the runtime puts them together. */
export interface EmbeddedSwarm {
  /** What a coordinator of one's own needs, instead of the one that `run` opens. */
  readonly coordinatorPorts: () => CoordinatorPorts;
  /** Creates a session of so many tasks, each with work of its own. */
  readonly create: (tasks: number) => Promise<SessionId>;
  /** Runs a session to its end. @throws Error when it does not end DONE. */
  readonly run: (session: SessionId) => Promise<SessionRecord>;
  readonly close: () => Promise<void>;
}

/** How a swarm differs from one that does nothing, silently. */
export interface EmbeddedSwarmOptions {
  /** Keys and ids are made of it. */
  readonly name: string;
  readonly perform?: Agent['perform'];
  readonly onEvent?: (event: SessionEvent) => void;
  /** Requests carry a signature of the SDK instead of the access key alone. */
  readonly isSdkSigned?: boolean;
}

/** The pace of the embedded mode. */
export const EMBEDDED_PACE: Pace = { tickMs: 50, pollTicks: 20, leaseTicks: 200, idleTicks: 100, heartbeatMs: 1_000 };

/** A collector that finds nothing, at once. */
const findNothing: Agent['perform'] = () => Promise.resolve({ kind: 'index', entries: [], accounts: [], unused: [] });

const TABLE = {
  TableName: 'swarm',
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
};

const TENANT = 'swarm';

/** Opens a swarm behind a request handler of the embedded AWS, which it provisions. */
export async function embeddedSwarm(
  requestHandler: SdkRequestHandler,
  { name, perform = findNothing, onEvent = () => undefined, isSdkSigned = false }: EmbeddedSwarmOptions,
): Promise<EmbeddedSwarm> {
  const { sns, sqs, s3, dynamodb } = clientsOn(requestHandler, isSdkSigned);
  const addresses = await smallTopology(sns, sqs, ['coordinator', 'collector']);
  await s3.send(new CreateBucketCommand({ Bucket: TENANT }));
  await dynamodb.send(new CreateTableCommand(TABLE));

  const keys = aSwarm(name);
  const clock = clockFrom(keys.nowMs);
  const driver = snsSqsBus({ sns, sqs, clock, ...addresses });
  const blobsOf = sessionBlobs((session) => s3Evidence({ client: s3, bucket: TENANT, tenant: TENANT, session }));
  const table = { client: dynamodb, table: TABLE.TableName, tenant: TENANT };
  const ids = { uuidv7: () => keys.uuid() };
  const mailboxOf = (role: Role) =>
    openMailbox({
      identity: { scope: 'swarm', role, instance: '1' },
      signer: keys.agents[role].signer,
      trust: keys.trust,
      driver,
      clock,
      ids,
      replay: dynamoReplay(table),
      contents: contentsIn({ blobsOf, bucket: TENANT, tenant: TENANT }),
      quarantine: { keep: () => Promise.reject(new Error('expected no message to be refused')) },
    });
  const state = dynamoState(table);
  const observer = { event: onEvent };
  const common = { state, blobsOf, clock, pace: EMBEDDED_PACE, bootId: 'b', observer };
  const agent: Agent = { role: 'collector', types: ['collector.index-estate'], perform };
  const worker = openWorker(agent, {
    ...common,
    mailbox: mailboxOf('collector'),
    desk: openDesk(s3Evidence({ client: s3, bucket: TENANT, tenant: TENANT })),
  });
  const coordinatorPorts = (): CoordinatorPorts => ({
    ...common,
    mailbox: mailboxOf('coordinator'),
    ids,
    isBootAlive: () => true,
    publishReport: (_session, { results, gaps }) =>
      Promise.resolve({ sha256: `sha256:${sha256Hex(String(results.length))}`, findings: 0, gaps: gaps.length }),
  });
  let coordinator: Coordinator | undefined;
  const create = sessionMaker(state, blobsOf, clock);
  return {
    coordinatorPorts,
    create,
    async run(session) {
      coordinator ??= openCoordinator(coordinatorPorts());
      const ended = await coordinator.run(session);
      if (ended?.state !== 'DONE') throw new Error(`expected the session to be done, got ${ended?.state}`);
      return ended;
    },
    async close() {
      await Promise.all([coordinator?.close(), worker.close()]);
      await driver.close();
      for (const client of [sns, sqs, s3, dynamodb]) client.destroy();
    },
  };
}

/** The clients as the runtime makes them for the embedded AWS. */
function clientsOn(requestHandler: SdkRequestHandler, isSdkSigned: boolean) {
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: TENANT, secretAccessKey: TENANT },
    requestHandler,
    ...(isSdkSigned ? {} : { signer: namingSigner(TENANT) }),
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
  };
  const clients = {
    sns: new SNSClient(base),
    sqs: new SQSClient({ ...base, useQueueUrlAsEndpoint: false }),
    s3: new S3Client({ ...base, forcePathStyle: true }),
    dynamodb: new DynamoDBClient(base),
  };
  trimForThisProcess(...Object.values(clients));
  if (!isSdkSigned) nameInsteadOfSigning(TENANT, clients.sns, clients.sqs, clients.dynamodb);
  return clients;
}

/** The store of a session's blobs, the same at every call. */
function sessionBlobs(open: BlobsOf): BlobsOf {
  const stores = new Map<SessionId, EvidenceStore>();
  return (session) => {
    const store = stores.get(session) ?? open(session);
    stores.set(session, store);
    return store;
  };
}

function sessionMaker(state: StateStore, blobsOf: BlobsOf, clock: Clock): EmbeddedSwarm['create'] {
  let sessions = 0;
  return async (tasks) => {
    const files = Array.from({ length: tasks }, (_, n) => answer(n));
    const { request, ...record } = sessionRecord({ session_id: sessionIdOf((sessions += 1)), fence: 0 });
    const { id: inputs } = await blobsOf(record.session_id).put(canonicalBytes({ files, failed: [], unused: [] }));
    const deadline_ms = clock.nowMs() + 3_600_000;
    await state.createSession({ ...record, deadline_ms, request: { ...request, inputs, roles: ['collector'] } });
    return record.session_id;
  };
}

/** The answer of a client of its own, which makes a task of its own. */
function answer(n: number): InputFile {
  const sha256 = sha256Hex(String(n));
  return {
    kind: 'answer',
    name: `${n}.json`,
    sha256,
    bytes: 1,
    evidence: evidenceId(sha256),
    redactions: 0,
    region: 'eu-west-1',
    client: `client-${n}`,
    operation: 'Describe',
  };
}

/** The keys of a test swarm are valid around a fixed day: time runs on from there. */
function clockFrom(startMs: number): Clock {
  const start = performance.now();
  return {
    nowMs: () => Math.floor(startMs + performance.now() - start),
    async sleep(ms, signal) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = (): void => resolve();
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake, { once: true });
      if (signal?.aborted === true) wake();
      await promise;
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
    },
  };
}
