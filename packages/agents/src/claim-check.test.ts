import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openAwsLocal } from '@infrafabric/aws-local';
import { type BusDriver, contentsIn, memoryBus, openMailbox, type Outcome, snsSqsBus } from '@infrafabric/bus';
import { manualClock, smallTopology } from '@infrafabric/bus/testing';
import {
  canonicalBytes,
  contentRef,
  type ContentRef,
  deferred,
  type EvidenceId,
  evidenceId,
  type EvidenceStore,
  type Message,
  replayMemory,
  requestFor,
  type Role,
  sha256Hex,
} from '@infrafabric/protocol';
import { aSwarm, aTask } from '@infrafabric/protocol/testing';
import { memoryEvidence, s3Evidence } from '@infrafabric/store';
import { describe, expect, onTestFinished, test } from 'vitest';
import { memorySwarm } from './testing/memory-swarm.ts';

const keys = aSwarm('claim check');
const { session } = keys;
const MANY = Array.from({ length: 1_500 }, (_, n) => evidenceId(sha256Hex(String(n))));
const TASK = aTask('pricing', { evidence: MANY });
const CONTENT = requestFor(TASK, {
  sender: keys.agents.coordinator.address,
  uuid: keys.uuid(),
  nowMs: keys.nowMs,
  session,
  dispatch: 1,
  deadlineMs: keys.nowMs + 600_000,
}).content;

/** A bus and a store, and the ways to harm what is kept. */
interface Place {
  readonly driver: BusDriver;
  readonly blobs: EvidenceStore;
  readonly put: (hex: string, bytes: Uint8Array) => Promise<unknown>;
  readonly remove: (hex: string) => Promise<unknown>;
}

const BUCKET = 'results';
const FOLDER = `s3://${BUCKET}/t/acme/s/${session}/blob/`;

async function inMemory(): Promise<Place> {
  const kept = new Map<EvidenceId, Uint8Array>();
  return {
    driver: memoryBus({ clock: manualClock(keys.nowMs) }),
    blobs: memoryEvidence(kept),
    put: async (hex, bytes) => kept.set(evidenceId(hex), bytes),
    remove: async (hex) => kept.delete(evidenceId(hex)),
  };
}

async function embedded(): Promise<Place> {
  const aws = openAwsLocal({ file: ':memory:' });
  onTestFinished(async () => aws.close());
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: aws.requestHandler(),
  };
  const [sns, sqs] = [new SNSClient(base), new SQSClient({ ...base, useQueueUrlAsEndpoint: false })];
  const s3 = new S3Client({ ...base, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const addresses = await smallTopology(sns, sqs, ['coordinator', 'pricing']);
  const at = (hex: string) => ({ Bucket: BUCKET, Key: `t/acme/s/${session}/blob/${hex}` });
  return {
    driver: snsSqsBus({ sns, sqs, clock: manualClock(keys.nowMs), ...addresses }),
    blobs: s3Evidence({ client: s3, bucket: BUCKET, tenant: 'acme', session, cacheBytes: 0 }),
    put: async (hex, Body) => s3.send(new PutObjectCommand({ ...at(hex), Body })),
    remove: async (hex) => s3.send(new DeleteObjectCommand(at(hex))),
  };
}

describe.each([
  ['the memory bus', inMemory],
  ['the embedded AWS', embedded],
])('content above 64 KiB over %s', (_, open) => {
  test('travels beside its message, and the worker sees it in its place', async () => {
    const { place, take, mailboxOf } = await openRoom(open);
    const wire = await mailboxOf('coordinator').sealRequest(TASK, {
      session,
      dispatch: 1,
      deadlineMs: keys.nowMs + 600_000,
    });
    const { outcome, heard, quarantined } = await take(wire);

    const bytes = canonicalBytes(CONTENT);
    expect(bytes.length).toBeGreaterThan(131_072);
    expect(JSON.parse(wire)).toMatchObject({
      content_ref: {
        uri: `${FOLDER}${sha256Hex(bytes)}`,
        sha256: `sha256:${sha256Hex(bytes)}`,
        size: bytes.length,
        media_type: 'application/json',
      },
    });
    expect(JSON.parse(wire)).not.toHaveProperty('content');
    expect(wire.length).toBeLessThan(2_000);
    expect([outcome, quarantined]).toStrictEqual([{ outcome: 'done' }, []]);
    expect(heard).toMatchObject([{ performative: 'request', content: CONTENT }]);
    expect(await place.blobs.get(evidenceId(sha256Hex(bytes)))).toHaveLength(bytes.length);
  });

  test.each<[string, string, Partial<ContentRef> | ((place: Place, hex: string) => Promise<unknown>)]>([
    ['another bucket', 'CLAIM_URI_FORBIDDEN', { uri: withHash(FOLDER.replace(BUCKET, 'other')) }],
    ['another scheme', 'CLAIM_URI_FORBIDDEN', { uri: withHash(FOLDER.replace('s3:', 'https:')) }],
    ['another tenant', 'CLAIM_URI_FORBIDDEN', { uri: withHash(FOLDER.replace('/acme/', '/other/')) }],
    ['another session', 'CLAIM_URI_FORBIDDEN', { uri: withHash(FOLDER.replace(session, aSwarm('other').session)) }],
    ['a way out of the folder', 'CLAIM_URI_FORBIDDEN', { uri: withHash(`${FOLDER}../`) }],
    ['a claim of 32 MiB and one byte', 'CLAIM_TOO_LARGE', { size: 33_554_433 }],
    [
      'an object of 32 MiB and one byte',
      'CLAIM_TOO_LARGE',
      async (place, hex) => place.put(hex, new Uint8Array(33_554_433)),
    ],
    ['other bytes', 'CLAIM_HASH_MISMATCH', async (place, hex) => place.put(hex, Buffer.from('{}'))],
    ['another size', 'CLAIM_HASH_MISMATCH', { size: 1 }],
    ['the hash of other bytes', 'CLAIM_HASH_MISMATCH', { sha256: `sha256:${'0'.repeat(64)}` }],
  ])('is refused with %s: %s', async (_what, code, harm) => {
    const { place, take } = await openRoom(open);
    const { wire, hex } = await sealed(place, CONTENT, typeof harm === 'function' ? {} : harm);
    if (typeof harm === 'function') await harm(place, hex);
    const { outcome, heard, quarantined } = await take(wire);

    expect(outcome).toMatchObject({ outcome: 'quarantined', reason: { code } });
    expect([heard, quarantined]).toStrictEqual([[], [[code, wire]]]);
  });

  test('is fetched from no place when its address or its size is refused', async () => {
    const { place, take } = await openRoom(open);
    const large = await sealed(place, CONTENT, { size: 33_554_433 });
    const foreign = await sealed(place, CONTENT, { uri: withHash(FOLDER.replace(BUCKET, 'other')) });
    await place.remove(large.hex);
    await take(large.wire);
    const { quarantined } = await take(foreign.wire);

    expect(quarantined.map(([code]) => code)).toStrictEqual(['CLAIM_TOO_LARGE', 'CLAIM_URI_FORBIDDEN']);
  });

  test('is waited for when it is not there yet, and refused when it never comes', async () => {
    const { place, take } = await openRoom(open);
    const { wire, hex } = await sealed(place, CONTENT);
    await place.remove(hex);
    const outcomes = [await take(wire, 1), await take(wire, 2), await take(wire, 3)];

    expect(outcomes.map(({ outcome: { outcome } }) => outcome)).toStrictEqual(['retried', 'retried', 'quarantined']);
    expect(outcomes[2]?.quarantined).toStrictEqual([['CLAIM_MISSING', wire]]);
  });

  test.each([
    ['of another role', { ...CONTENT, task: { ...CONTENT.task, type: 'budget.account' } }, 'BUS_ROLE_FORBIDDEN'],
    ['of another schema', { ...CONTENT, colour: 'red' }, 'BUS_SCHEMA'],
    ['in another spelling', ` ${JSON.stringify(CONTENT)}`, 'BUS_NOT_CANONICAL'],
  ])('is judged as content inside is: %s', async (_what, content, code) => {
    const { place, take } = await openRoom(open);
    const { wire } = await sealed(place, content);
    const { heard, quarantined } = await take(wire);

    expect([heard, quarantined]).toStrictEqual([[], [[code, wire]]]);
  });
});

test('a whole session goes by reference when its context is large, and its results verify', async () => {
  const swarm = memorySwarm('large context');
  const exclude = Array.from({ length: 200 }, (_, n) => `team=${String(n).padStart(400, 'x')}`);
  const { request } = await swarm.create({});
  await swarm.state.changeSession(swarm.session, { expect: {}, set: { request: { ...request, exclude } } });
  const [workers, coordinator] = [swarm.workers(), swarm.coordinator()];
  const over = await swarm.until(coordinator.run(swarm.session));
  await swarm.until(Promise.all([coordinator.close(), ...workers.map(async (worker) => worker.close())]));

  const wires = (await swarm.state.tasks(swarm.session)).map(({ request_wire }) => request_wire);
  expect([over?.state, swarm.quarantined]).toStrictEqual(['DONE', []]);
  expect(wires.filter((wire) => wire.includes('"content_ref":')).length).toBeGreaterThan(3);
  expect(Math.max(...wires.map(({ length }) => length))).toBeLessThan(66_000);
});

function withHash(folder: string): string {
  return `${folder}${sha256Hex(canonicalBytes(CONTENT))}`;
}

/** An order whose content is kept as given, really signed; `over` is what it says of it besides. */
async function sealed(place: Place, content: object | string, over: Partial<ContentRef> = {}) {
  const { coordinator } = keys.agents;
  const bytes =
    typeof content === 'string' ? Buffer.from(content) : canonicalBytes(JSON.parse(JSON.stringify(content)));
  await place.blobs.put(bytes);
  const header = { sender: coordinator.address, uuid: keys.uuid(), nowMs: keys.nowMs };
  const draft = requestFor(TASK, { ...header, session, dispatch: 1, deadlineMs: keys.nowMs + 600_000 });
  const wire = coordinator.sequence.seal(deferred(draft, { ...contentRef(bytes, FOLDER), ...over }));
  return { wire, hex: sha256Hex(bytes) };
}

/** A coordinator and a worker; `take` sends the worker a message as its n-th receive. */
async function openRoom(open: () => Promise<Place>) {
  const place = await open();
  const clock = manualClock(keys.nowMs);
  const heard: Message[] = [];
  const quarantined: [string, string][] = [];
  const contents = contentsIn({ blobsOf: () => place.blobs, bucket: BUCKET, tenant: 'acme' });
  const mailboxOf = (role: Role) =>
    openMailbox({
      identity: { scope: session, role, instance: '0' },
      signer: keys.agents[role].signer,
      trust: keys.trust,
      driver: place.driver,
      clock,
      ids: { uuidv7: () => keys.uuid() },
      replay: replayMemory(clock),
      quarantine: { keep: async (wire, code) => void quarantined.push([code, wire]) },
      contents,
    });
  const worker = mailboxOf('pricing');
  return {
    place,
    mailboxOf,
    take: async (wire: string, receiveCount = 1) => {
      await worker.publish([{ wire, role: 'pricing', session }]);
      const [delivery] = await place.driver.receive('pricing', { max: 1, waitMs: 0 });
      if (delivery === undefined) throw new Error('expected a delivery');
      const handler = async ({ message }: { message: Message }) => void heard.push(message);
      const outcome: Outcome = await worker.take({ ...delivery, receiveCount }, handler, {});
      return { outcome, heard, quarantined };
    },
  };
}
