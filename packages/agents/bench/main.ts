/* Prints what a signed, durable task costs in a swarm on the embedded AWS, and which SDK calls it is made of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { namingSigner, openAwsLocal, type SdkRequestHandler } from '@infrafabric/aws-local';
import { contentsIn, openMailbox, snsSqsBus } from '@infrafabric/bus';
import { smallTopology } from '@infrafabric/bus/testing';
import type { InputFile } from '@infrafabric/finops';
import { canonicalBytes, type Clock, evidenceId, replayMemory, type Role, sha256Hex } from '@infrafabric/protocol';
import { aSwarm } from '@infrafabric/protocol/testing';
import { dynamoState, s3Evidence } from '@infrafabric/store';
import { sessionRecord } from '@infrafabric/store/testing';
import { type Agent, openCoordinator, openDesk, openWorker, type Pace } from '../src/index.ts';

/** DESIGN 12: signed, durable task, embedded, swarm of 100. */
const BAR_US = 1_300;
const ROUNDS = 5;
const PACE: Pace = { tickMs: 50, pollTicks: 20, leaseTicks: 200, idleTicks: 100, heartbeatMs: 1_000 };

/** A collector that finds nothing, at once. */
const NOTHING: Agent = {
  role: 'collector',
  types: ['collector.index-estate'],
  perform: () => Promise.resolve({ kind: 'index', entries: [], accounts: [], unused: [] }),
};

const TABLE = {
  TableName: 'bench',
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
};

await measure(1_000, 'warm-up');
const hundred = await median(100);
const thousand = await median(1_000);
print(`swarm of   100: ${us(hundred)} (bar: ${BAR_US})`);
print(`swarm of 1,000: ${us(thousand)}, ${(thousand.us / hundred.us).toFixed(2)} x that of 100 (bar: 1.2 x)`);
print('calls a task at 1,000, and the share of the time spent answering them:');
const total = [...thousand.calls.values()].reduce((sum, { ms }) => sum + ms, 0);
for (const [name, { count, ms }] of [...thousand.calls].toSorted(([, a], [, b]) => b.ms - a.ms)) {
  const share = ((100 * ms) / total).toFixed(1).padStart(5);
  print(`${share} %  ${(count / 1_000).toFixed(3).padStart(6)}  ${name}`);
}

interface Measured {
  readonly us: number;
  /** Of it on a processor; the rest is waiting for the disk, or for a busy machine. */
  readonly cpuUs: number;
  readonly calls: ReadonlyMap<string, { count: number; ms: number }>;
}

async function median(tasks: number): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(tasks, `round ${round}`));
  return (
    rounds.toSorted((a, b) => a.us - b.us)[Math.floor(ROUNDS / 2)] ?? {
      us: Number.NaN,
      cpuUs: Number.NaN,
      calls: new Map(),
    }
  );
}

/** Runs one session of so many tasks, from its plan to its report. */
async function measure(tasks: number, name: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-bench-'));
  const aws = openAwsLocal({ file: join(folder, 'aws.db') });
  const { handler, calls } = counting(aws.requestHandler());
  const swarm = await openSwarm(handler, name);
  const session = await swarm.create(tasks);
  calls.clear();
  const start = performance.now();
  const usage = process.cpuUsage();
  const ended = await swarm.coordinator.run(session);
  const { user, system } = process.cpuUsage(usage);
  const ms = performance.now() - start;
  const counted = new Map(calls);
  await swarm.close();
  await aws.close();
  rmSync(folder, { recursive: true });
  if (ended?.state !== 'DONE') throw new Error(`expected the session to be done, got ${ended?.state}`);
  return { us: (ms * 1_000) / tasks, cpuUs: (user + system) / tasks, calls: counted };
}

/** Counts and times the calls that a handler answers. */
function counting(inner: SdkRequestHandler): {
  handler: SdkRequestHandler;
  calls: Map<string, { count: number; ms: number }>;
} {
  const calls = new Map<string, { count: number; ms: number }>();
  const handler: SdkRequestHandler = {
    ...inner,
    async handle(request, options) {
      const name = nameOf(request);
      const start = performance.now();
      try {
        return await inner.handle(request, options);
      } finally {
        const one = calls.get(name) ?? { count: 0, ms: 0 };
        calls.set(name, {
          count: one.count + 1,
          ms: one.ms + (name.includes('Receive') ? 0 : performance.now() - start),
        });
      }
    },
  };
  return { handler, calls };
}

function nameOf({ headers, method, body }: Parameters<SdkRequestHandler['handle']>[0]): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.replace(/_\d+\./, '.');
  const action = typeof body === 'string' ? /Action=(\w+)/.exec(body)?.[1] : undefined;
  return action === undefined ? `S3 ${method}` : `SNS.${action}`;
}

async function openSwarm(requestHandler: SdkRequestHandler, name: string) {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const signer = process.env['BENCH_SIGNED'] === undefined ? namingSigner('bench') : undefined;
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials,
    requestHandler,
    ...(signer === undefined ? {} : { signer }),
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
  };
  const [sns, sqs] = [new SNSClient(base), new SQSClient({ ...base, useQueueUrlAsEndpoint: false })];
  const [s3, dynamodb] = [new S3Client({ ...base, forcePathStyle: true }), new DynamoDBClient(base)];
  const addresses = await smallTopology(sns, sqs, ['coordinator', 'collector']);
  await s3.send(new CreateBucketCommand({ Bucket: 'bench' }));
  await dynamodb.send(new CreateTableCommand(TABLE));

  const keys = aSwarm(name);
  const clock = clockFrom(keys.nowMs);
  const driver = snsSqsBus({ sns, sqs, clock, ...addresses });
  const blobs = s3Evidence({ client: s3, bucket: 'bench', tenant: 'bench', session: keys.session });
  const mailboxOf = (role: Role) =>
    openMailbox({
      identity: { scope: 'bench', role, instance: '1' },
      signer: keys.agents[role].signer,
      trust: keys.trust,
      driver,
      clock,
      ids: { uuidv7: () => keys.uuid() },
      replay: replayMemory(clock),
      contents: contentsIn({ blobsOf: () => blobs, bucket: 'bench', tenant: 'bench' }),
      quarantine: { keep: () => Promise.reject(new Error('expected no message to be refused')) },
    });
  const state = dynamoState({ client: dynamodb, table: TABLE.TableName, tenant: 'bench' });
  const common = { state, blobsOf: () => blobs, clock, pace: PACE, bootId: 'b', observer: { event: () => undefined } };
  const worker = openWorker(NOTHING, { ...common, mailbox: mailboxOf('collector'), desk: openDesk(blobs) });
  const coordinator = openCoordinator({
    ...common,
    mailbox: mailboxOf('coordinator'),
    ids: { uuidv7: () => keys.uuid() },
    isBootAlive: () => true,
    publishReport: (_session, { results }) =>
      Promise.resolve({ sha256: `sha256:${sha256Hex(String(results.length))}`, findings: 0, gaps: 0 }),
  });
  return {
    coordinator,
    async create(tasks: number) {
      const { id: inputs } = await blobs.put(canonicalBytes({ files: filesOf(tasks), failed: [], unused: [] }));
      const { request, ...record } = sessionRecord({ session_id: keys.session, fence: 0 });
      const deadline_ms = clock.nowMs() + 3_600_000;
      await state.createSession({ ...record, deadline_ms, request: { ...request, inputs, roles: ['collector'] } });
      return keys.session;
    },
    async close() {
      await Promise.all([coordinator.close(), worker.close()]);
      await driver.close();
    },
  };
}

/** One answer a client, which makes one task each. */
function filesOf(count: number): InputFile[] {
  return Array.from({ length: count }, (_, n) => {
    const sha256 = sha256Hex(String(n));
    const where = { region: 'eu-west-1', client: `client-${n}`, operation: 'Describe' };
    return {
      kind: 'answer',
      name: `${n}.json`,
      sha256,
      bytes: 1,
      evidence: evidenceId(sha256),
      redactions: 0,
      ...where,
    };
  });
}

/** The keys of the test swarm are valid around a fixed day: time runs on from there. */
function clockFrom(startMs: number): Clock {
  const start = performance.now();
  return {
    nowMs: () => Math.floor(startMs + performance.now() - start),
    async sleep(ms, signal) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(() => resolve(), ms);
      signal?.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      clearTimeout(timer);
    },
  };
}

function us({ us: wall, cpuUs }: Measured): string {
  return `${wall.toFixed(0).padStart(6)} us a task, ${cpuUs.toFixed(0)} of it processor`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
