import {
  canonicalBytes,
  canonicalJson,
  digestOf,
  evidenceId,
  type MessageOf,
  replayMemory,
  type TaskRecord,
} from '@infrafabric/protocol';
import { aSwarm } from '@infrafabric/protocol/testing';
import { contentsIn, openMailbox } from '@infrafabric/bus';
import { beforeEach, expect, test } from 'vitest';
import { parseJson } from '../blob-json.ts';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { gather } from './gather.ts';
import { resultsOf } from './results.ts';

const TASK = 'pricing/ebs/eu-west-1/0';
const OTHER = 'pricing/ebs/us-east-1/0';

let swarm: MemorySwarm;
beforeEach(async () => {
  swarm = memorySwarm('gather');
  const workers = swarm.workers();
  await swarm.create();
  const coordinator = swarm.coordinator();
  await swarm.until(coordinator.run(swarm.session));
  await swarm.until(Promise.all([coordinator, ...workers].map(async (agent) => agent.close())));
});

const task = async (id: string): Promise<TaskRecord> => swarm.task(id);
const write = async (id: string, set: Partial<TaskRecord>, remove: (keyof TaskRecord)[] = []): Promise<unknown> =>
  swarm.state.changeTask(swarm.session, id, { expect: {}, set, remove });

async function outcomes(): Promise<{ done: string[]; gaps: string[] }> {
  const ports = { state: swarm.state, blobsOf: () => swarm.blobs, mailbox: swarm.mailboxOf('coordinator', 'c-9') };
  const { results, gaps } = await gather(await swarm.record(), ports);
  return { done: results.map(({ task_id }) => task_id), gaps: gaps.map(({ what, code }) => `${what} ${code}`) };
}

test('another coordinator gathers the same bytes at any time', async () => {
  const ports = { state: swarm.state, blobsOf: () => swarm.blobs, mailbox: swarm.mailboxOf('coordinator', 'c-9') };
  await swarm.clock.advance(60 * 86_400_000);

  expect(canonicalJson(await gather(await swarm.record(), ports))).toBe(swarm.reports[0]);
});

const OTHER_RESULT = '{"claims":[],"coverage":[{"note":"forged"}],"findings":[],"kind":"judge"}';

const TAMPERED: [what: string, tamper: () => Promise<unknown>][] = [
  ['another result', async () => write(TASK, { result: OTHER_RESULT })],
  [
    'another result under its own hash',
    async () => write(TASK, { result: OTHER_RESULT, result_sha256: digestOf(OTHER_RESULT) }),
  ],
  ['no answer', async () => write(TASK, {}, ['answer_wire'])],
  ['an answer that is not a message', async () => write(TASK, { answer_wire: '{}' })],
  ['the answer of another task', async () => write(TASK, { answer_wire: (await task(OTHER)).answer_wire ?? '' })],
  [
    'request and answer of another task',
    async () => {
      const { request_wire, answer_wire, result, result_sha256 } = await task(OTHER);
      return write(TASK, {
        request_wire,
        answer_wire: answer_wire ?? '',
        result: result ?? '',
        result_sha256: result_sha256 ?? '',
      });
    },
  ],
  [
    'an answer signed by a foreign key',
    async () => write(TASK, { answer_wire: await foreignAnswer('foreign', 'pricing') }),
  ],
  [
    'an answer signed by another role of ours',
    async () => write(TASK, { answer_wire: await foreignAnswer('gather', 'budget') }),
  ],
  [
    'a request of another session',
    async () =>
      write(TASK, {
        request_wire: (await task(TASK)).request_wire.replaceAll(
          swarm.session,
          's-01936000-0000-7000-8000-000000000001',
        ),
      }),
  ],
  ['a result that is gone', async () => write(TASK, {}, ['result'])],
  [
    'a result that is damaged in the blob store',
    async () => {
      const { result = '', result_sha256 = '' } = await task(TASK);
      await swarm.blobs.put(new TextEncoder().encode(result));
      swarm.kept.set(`if://evidence/sha256/${result_sha256.slice(7)}`, new Uint8Array([1]));
      return write(TASK, {}, ['result']);
    },
  ],
  ['a signed answer that names another task', async () => commitFor(TASK, OTHER, NOTHING)],
  [
    'the request for another task, and a signed answer that names this one',
    async () => commitFor(OTHER, TASK, NOTHING),
  ],
  [
    'a signed result of another kind',
    async () => commitAs(canonicalBytes({ kind: 'index', entries: [], accounts: [], unused: [] })),
  ],
  ['a signed failure', async () => write(TASK, { answer_wire: await signedFailure() })],
  ['a signed answer that cites another result', async () => commitAs(NOTHING, { cites: OTHER_RESULT })],
  ['a signed confirm of what was no challenge', async () => commitAs(NOTHING, { act: 'confirm' })],
  ['a signed result that is not JSON', async () => commitAs(new TextEncoder().encode('hello'))],
];

test.each(TAMPERED)('a task that says DONE with %s is a gap, never a result', async (_what, tamper) => {
  const before = await outcomes();
  expect(before).toMatchObject({ gaps: [] });
  await tamper();

  expect(await outcomes()).toStrictEqual({
    done: before.done.filter((id) => id !== TASK),
    gaps: [`${TASK} UNVERIFIED`],
  });
});

test('a signed result of a task that is not DONE is no result to plan on', async () => {
  const ports = { state: swarm.state, blobsOf: () => swarm.blobs, mailbox: swarm.mailboxOf('coordinator', 'c-9') };
  const told = async () => (await resultsOf(await swarm.record(), ports)).map(({ task_id }) => task_id);
  const before = await told();
  await write(TASK, { state: 'CANCELLED' });

  expect(await told()).toStrictEqual(before.filter((id) => id !== TASK));
});

test('a result moved to the blob store counts as before', async () => {
  const before = await outcomes();
  await swarm.blobs.put(new TextEncoder().encode((await task(TASK)).result));
  await write(TASK, {}, ['result']);

  expect(await outcomes()).toStrictEqual(before);
});

test('names each failed task by its code, and a task nobody wrote', async () => {
  const { done } = await outcomes();
  await write(TASK, { state: 'FAILED', code: 'DEADLINE', message: 'too late' });
  const state = {
    ...swarm.state,
    async *taskPages(id: string) {
      yield (await swarm.state.tasks(id)).filter(({ task_id }) => task_id !== OTHER);
    },
  };
  const ports = { state, blobsOf: () => swarm.blobs, mailbox: swarm.mailboxOf('coordinator', 'c-9') };
  const gathered = await gather(await swarm.record(), ports);

  expect(gathered.gaps).toStrictEqual([
    { code: 'DEADLINE', what: TASK, detail: 'too late' },
    { code: 'NOT_STARTED', what: OTHER, detail: 'the task was planned and never started' },
  ]);
  expect(gathered.results).toHaveLength(done.length - 2);
});

/** An inform about TASK bound to its request, from an agent of another swarm or role. */
async function foreignAnswer(of: string, role: 'pricing' | 'budget'): Promise<string> {
  const { request_wire: wire } = await task(TASK);
  const keys = aSwarm(of);
  const mailbox = openMailbox({
    identity: { scope: 'test', role, instance: 'x' },
    signer: keys.agents[role].signer,
    trust: keys.trust,
    driver: swarm.driver,
    clock: swarm.clock,
    ids: { uuidv7: () => keys.uuid() },
    replay: replayMemory(swarm.clock),
    quarantine: { keep: async () => undefined },
    contents: contentsIn({ blobsOf: () => swarm.blobs, bucket: 'memory', tenant: 'test' }),
  });
  const { result = '' } = await task(TASK);
  return mailbox.sealInform(requestOf(wire), { fence: 1, result: { sha256: digestOf(result), size: result.length } });
}

/** A result of the worker's own key: what a broken or hostile worker commits. */
async function commitAs(bytes: Uint8Array, told: Told = {}): Promise<unknown> {
  return commitFor(TASK, TASK, bytes, told);
}

/** What an answer says besides its result. */
interface Told {
  readonly act?: 'inform' | 'confirm';
  /** The result itself unless given. */
  readonly cites?: string;
}

/** An answer that is bound to the request for one task and names another, in the item of TASK. */
async function commitFor(asked: string, named: string, bytes: Uint8Array, told: Told = {}): Promise<unknown> {
  const { request_wire } = await task(asked);
  const request = requestOf(request_wire);
  const message = { ...request.message, task: { ...request.message.task, task_id: named } };
  const result = { sha256: digestOf(bytes), size: bytes.length, media_type: 'application/json' as const };
  const evidence_hash = told.cites === undefined ? result.sha256 : digestOf(told.cites);
  const answer_wire = swarm.mailboxOf('pricing', 'w-9').sealReply(
    { ...request, message },
    {
      performative: told.act ?? 'inform',
      fence: 1,
      content: { result },
      citation: { source_url: evidenceId(evidence_hash.slice('sha256:'.length)), evidence_hash },
    },
  );
  const set = { answer_wire, request_wire, result: new TextDecoder().decode(bytes), result_sha256: result.sha256 };
  return write(TASK, set);
}

/** An answer without a result, bound to the request for TASK. */
async function signedFailure(): Promise<string> {
  const request = requestOf((await task(TASK)).request_wire);
  return swarm.mailboxOf('pricing', 'w-9').sealFailure(request, { fence: 1, code: 'X', message: 'x' });
}

const NOTHING = canonicalBytes({ kind: 'judge', findings: [], claims: [], coverage: [] });

function requestOf(wire: string) {
  const opened = { session: swarm.session, receiveCount: 1, extend: async () => true };
  return { ...opened, wire, sha256: digestOf(wire), message: parseJson<MessageOf<'request'>>(wire) };
}
