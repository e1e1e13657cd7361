import { isRequest, type OpenedRequest } from '@infrafabric/bus';
import { canonicalBytes, type Claim, digestOf, type StateStore, type TaskRecord } from '@infrafabric/protocol';
import { aTask } from '@infrafabric/protocol/testing';
import { StoreError } from '@infrafabric/store';
import { beforeEach, expect, test } from 'vitest';
import { AgentError } from '../errors.ts';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';

const TASK = 'pricing/ec2/eu-west-1/0';
const EMPTY = { kind: 'judge', findings: [], claims: [], coverage: [] } as const;

let swarm: MemorySwarm;
let heard: string[];
beforeEach(() => {
  swarm = memorySwarm('worker');
  heard = [];
});

/** Writes and sends a task as the coordinator does, and listens to what comes back. */
async function send(over: Partial<TaskRecord> = {}): Promise<string> {
  const mailbox = swarm.mailboxOf('coordinator', 'c-1');
  const { id } = await swarm.blobs.put(canonicalBytes({ kind: 'judge', subjects: [] }));
  const spec = aTask('pricing', { input: id });
  const deadlineMs = swarm.clock.nowMs() + 3_600_000;
  const wire = await mailbox.sealRequest(spec, { session: swarm.session, dispatch: 1, deadlineMs });
  const counts = { state: 'DISPATCHED', dispatch: 1, fence: 0, attempt: 0, hb: 0 } as const;
  const { task_id, role, type, phase } = spec;
  await swarm.state.createTask({
    session_id: swarm.session,
    task_id,
    role,
    type,
    phase,
    ...counts,
    request_wire: wire,
    ...over,
  });
  await mailbox.publish([{ wire, role: 'pricing', session: swarm.session }]);
  void mailbox.consume(
    async ({ message, wire: said }) => {
      heard.push(message.performative === 'failure' ? `failure ${message.content.code}` : message.performative);
      heard.push(digestOf(said));
    },
    { signal: new AbortController().signal },
  );
  return wire;
}

const task = async (): Promise<TaskRecord> => swarm.task(TASK);

/** Makes the pricing work take a while; answers how often it was begun. */
function performFor(ms: number): () => number {
  let begun = 0;
  swarm.perform.set('pricing', async () => {
    begun += 1;
    await swarm.clock.sleep(ms);
    return EMPTY;
  });
  return () => begun;
}

/** A state store whose next change of a task happens, but whose answer is lost. */
function losingAnswer(of: (change: Parameters<StateStore['changeTask']>[2]) => boolean): StateStore {
  let lost = false;
  return {
    ...swarm.state,
    async changeTask(...given) {
      const changed = await swarm.state.changeTask(...given);
      if (lost || !of(given[2])) return changed;
      lost = true;
      throw new StoreError('UNAVAILABLE', { message: 'the answer was lost' });
    },
  };
}

test('leases, performs, commits and tells; the answer told is the answer stored', async () => {
  await send();
  swarm.worker('pricing');
  await swarm.clock.advance(10);

  const done = await task();
  expect(done).toMatchObject({ state: 'DONE', fence: 1, attempt: 1, result: JSON.stringify(sorted(EMPTY)) });
  expect(heard).toStrictEqual(['inform', digestOf(done.answer_wire ?? '')]);
  expect(done.result_sha256).toBe(digestOf(canonicalBytes(EMPTY)));
});

test('a result above 64 KiB is a blob, not part of the item', async () => {
  const big = { ...EMPTY, claims: [aClaim('x'.repeat(65_536))] };
  swarm.perform.set('pricing', async () => big);
  await send();
  swarm.worker('pricing');
  await swarm.clock.advance(10);

  expect(await task()).not.toHaveProperty('result');
  expect(swarm.kept.get(`if://evidence/sha256/${digestOf(canonicalBytes(big)).slice(7)}`)).toStrictEqual(
    canonicalBytes(big),
  );
});

test('one of five workers gets the lease of a task sent to all of them', async () => {
  const begun = performFor(100);
  const wire = await send();
  for (let copy = 0; copy < 4; copy += 1)
    await swarm.driver.publish([{ body: wire, role: 'pricing', session: swarm.session }]);
  for (let n = 1; n <= 5; n += 1) swarm.worker('pricing', `w-${n}`);
  await swarm.clock.advance(500);

  expect([begun(), await task()]).toMatchObject([1, { state: 'DONE', attempt: 1, fence: 1 }]);
});

test('two copies in one worker are one piece of work, and the second is counted as a duplicate', async () => {
  const begun = performFor(100);
  const wire = await send();
  await swarm.driver.publish([{ body: wire, role: 'pricing', session: swarm.session }]);
  swarm.worker('pricing');
  await swarm.clock.advance(500);

  expect([begun(), (await task()).state]).toStrictEqual([1, 'DONE']);
  expect(swarm.events.filter(({ type }) => type === 'message-refused')).toMatchObject([{ code: 'BUS_DUPLICATE' }]);
});

test('a request that comes again while it is worked on is not begun a second time', async () => {
  const begun = performFor(45_000);
  await send();
  swarm.worker('pricing', 'w-1', { pace: { ...PACE, heartbeatMs: 600_000 } });
  await swarm.clock.advance(60_000);

  expect([begun(), await task()]).toMatchObject([1, { state: 'DONE', attempt: 1 }]);
});

test.each([
  ['an earlier dispatch', { dispatch: 2 }],
  ['a task somebody holds', { state: 'LEASED', fence: 3, attempt: 1, owner: 'if://agent/test/pricing/w-9' }],
  ['a task that is done', { state: 'DONE' }],
  ['a cancelled task', { state: 'CANCELLED' }],
  ['a task without attempts left', { attempt: 8 }],
  ['a request that is not the one on record', { request_wire: 'another' }],
] as const)('a request for %s starts nothing', async (_what, over) => {
  let performed = 0;
  swarm.perform.set('pricing', async () => ((performed += 1), EMPTY));
  await send(over);
  swarm.worker('pricing');
  await swarm.clock.advance(100);

  expect([performed, heard]).toStrictEqual([0, []]);
  expect((await task()).state).toBe('state' in over ? over.state : 'DISPATCHED');
  expect(await swarm.driver.receive('pricing', { max: 10, waitMs: 0 })).toStrictEqual([]);
});

test('a worker whose lease was revoked commits nothing and says nothing', async () => {
  performFor(500);
  await send();
  swarm.worker('pricing');
  await swarm.clock.advance(100);
  const revoked = await swarm.state.changeTask(swarm.session, TASK, {
    expect: { state: 'LEASED' },
    set: { state: 'LEASED', owner: 'if://agent/test/pricing/w-2' },
    add: { fence: 2, attempt: 1 },
  });
  await swarm.clock.advance(1_000);

  expect([await task(), heard]).toStrictEqual([revoked, []]);
});

test.each([
  ['the lease', (change: object) => JSON.stringify(change).includes('"LEASED","owner"')],
  ['the commit', (change: object) => JSON.stringify(change).includes('"DONE"')],
  ['the handing back', (change: object) => JSON.stringify(change).includes('"set":{"state":"DISPATCHED"')],
])('recognises %s as its own when the answer was lost', async (_what, isIt) => {
  let performed = 0;
  swarm.perform.set('pricing', async () => {
    performed += 1;
    if (_what === 'the handing back' && performed === 1) throw new StoreError('UNAVAILABLE', { message: 'away' });
    return EMPTY;
  });
  await send();
  swarm.worker('pricing', 'w-1', { state: losingAnswer(isIt) });
  await swarm.clock.advance(5_000);

  expect(await task()).toMatchObject({ state: 'DONE' });
  expect(performed).toBe(_what === 'the handing back' ? 2 : 1);
  expect((await task()).attempt).toBe(_what === 'the handing back' ? 2 : 1);
});

test('hands back what may succeed later, with the reason, and takes it again from the same request', async () => {
  let performed = 0;
  swarm.perform.set('pricing', async () => {
    performed += 1;
    if (performed === 1) throw new StoreError('UNAVAILABLE', { message: 'away' });
    return EMPTY;
  });
  await send();
  swarm.worker('pricing');
  await swarm.clock.advance(500);
  expect(await task()).toMatchObject({ state: 'DISPATCHED', attempt: 1, fence: 1, code: 'UNAVAILABLE' });
  expect(await task()).not.toHaveProperty('owner');

  await swarm.clock.advance(1_000);
  expect(await task()).toMatchObject({ state: 'DONE', attempt: 2, fence: 2, dispatch: 1 });
  expect(await task()).not.toHaveProperty('code');
});

test.each([
  [
    'an error of ours',
    new AgentError('WORK_LIST_INVALID', { message: 'odd', where: 'x' }),
    'WORK_LIST_INVALID',
    'odd (x)',
  ],
  ['an unexpected error', new RangeError('boom'), 'UNEXPECTED', 'boom'],
])('ends the task with the reason of %s and tells it', async (_what, error, code, message) => {
  swarm.perform.set('pricing', () => Promise.reject(error));
  await send();
  swarm.worker('pricing');
  await swarm.clock.advance(10);

  const failed = await task();
  expect(failed).toMatchObject({ state: 'FAILED', code, message, attempt: 1 });
  expect(heard).toStrictEqual([`failure ${code}`, digestOf(failed.answer_wire ?? '')]);
});

test('ends a task of a type its agent does not know; the coordinator hears not-understood', async () => {
  await send();
  const mailbox = swarm.mailboxOf('pricing', 'w-1');
  const consume: typeof mailbox.consume = async (handler, options) =>
    mailbox.consume(async (opened) => handler(isRequest(opened) ? asBudget(opened) : opened), options);
  swarm.worker('pricing', 'w-1', { mailbox: { ...mailbox, consume } });
  await swarm.clock.advance(10);

  expect(await task()).toMatchObject({ state: 'FAILED', code: 'TASK_UNSUPPORTED' });
  expect(heard[0]).toBe('not-understood');
});

test('beats while it works: the lease and the message stay its own', async () => {
  performFor(120_000);
  await send();
  swarm.worker('pricing', 'w-1');
  await swarm.clock.advance(100_000);
  expect(await task()).toMatchObject({ state: 'LEASED', fence: 1, attempt: 1, hb: 100_000 / PACE.heartbeatMs });

  await swarm.clock.advance(30_000);
  expect(await task()).toMatchObject({ state: 'DONE', fence: 1, attempt: 1 });
  expect(swarm.events.filter(({ type }) => type === 'message-refused')).toStrictEqual([]);
});

test('a heartbeat the store could not take does not end the work', async () => {
  swarm.perform.set('pricing', async ({ signal }) => {
    await swarm.clock.sleep(5_000, signal);
    return EMPTY;
  });
  await send();
  swarm.worker('pricing', 'w-1', { state: losingAnswer((change) => change.add?.hb === 1) });
  await swarm.clock.advance(10_000);

  expect(await task()).toMatchObject({ state: 'DONE', attempt: 1, hb: 4 });
});

test('closing takes nothing more and settles what is in hand', async () => {
  performFor(500);
  await send();
  const worker = swarm.worker('pricing');
  await swarm.clock.advance(100);
  await swarm.until(worker.close());

  expect(await task()).toMatchObject({ state: 'DONE' });
});

test('an order whose replay mark is gone before its time is taken again and has no second effect', async () => {
  const wire = await send();
  const begun = performFor(0);
  const first = swarm.worker('pricing', 'w-1');
  await swarm.clock.advance(10);
  await swarm.until(first.close());
  const done = await task();
  // Each mailbox of this swarm has a memory of its own.
  swarm.worker('pricing', 'w-2');
  await swarm.driver.publish([{ body: wire, role: 'pricing', session: swarm.session }]);
  await swarm.clock.advance(10);

  expect([done.state, begun()]).toStrictEqual(['DONE', 1]);
  expect(await task()).toStrictEqual(done);
});

test('a task whose request goes to the dead letters is poisoned', async () => {
  await send();
  const state: StateStore = {
    ...swarm.state,
    changeTask: async (...given) => {
      if (given[2].set?.state === 'LEASED') throw new StoreError('REJECTED', { message: 'odd' });
      return swarm.state.changeTask(...given);
    },
  };
  swarm.worker('pricing', 'w-1', { state });
  await swarm.clock.advance(100);

  expect(await task()).toMatchObject({ state: 'FAILED', code: 'POISON', message: 'REJECTED: odd' });
  expect(await swarm.driver.receiveDead('pricing', { max: 1, waitMs: 0 })).toMatchObject([{ code: 'REJECTED' }]);
  const why = { task_id: TASK, code: 'REJECTED', detail: 'odd', receives: 1, act: 'request', dispatch: 1 };
  expect(await swarm.deadLetters.list()).toMatchObject([why]);
});

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A request as an agent sees it that is older than the type of its task. */
function asBudget(opened: OpenedRequest): OpenedRequest {
  const { content } = opened.message;
  const task = { ...content.task, type: 'budget.account' as const };
  return { ...opened, message: { ...opened.message, content: { ...content, task } } };
}

function aClaim(statement: string): Claim {
  const confidence = '1.00';
  return { id: '', topic: 'saving', statement, figures: [], citations: [], confidence, role: 'pricing' };
}
