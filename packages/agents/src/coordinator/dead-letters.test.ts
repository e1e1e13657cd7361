import { type Delivery, MAX_RECEIVES } from '@infrafabric/bus';
import { canonicalBytes, type DeadLetter, digestOf, sha256Hex, type TaskRecord } from '@infrafabric/protocol';
import { aTask } from '@infrafabric/protocol/testing';
import { StoreError } from '@infrafabric/store';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { sweepDeadLetters, watchDeadLetters } from './dead-letters.ts';

const TASK = 'pricing/ec2/eu-west-1/0';
const HOUR_MS = 3_600_000;

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('letters');
});

/** Writes a task as the coordinator does, and sends its order. */
async function send(over: Partial<TaskRecord> = {}): Promise<string> {
  const mailbox = swarm.mailboxOf('coordinator', 'c-1');
  const { id } = await swarm.blobs.put(canonicalBytes({ kind: 'judge', subjects: [] }));
  const spec = aTask('pricing', { input: id });
  const deadlineMs = swarm.clock.nowMs() + HOUR_MS;
  const wire = await mailbox.sealRequest(spec, { session: swarm.session, dispatch: 1, deadlineMs });
  const counts = { state: 'DISPATCHED', dispatch: 1, fence: 4, attempt: 0, hb: 0 } as const;
  const { task_id, role, type, phase } = spec;
  const record = { session_id: swarm.session, task_id, role, type, phase, ...counts, request_wire: wire };
  await swarm.state.createTask({ ...record, ...over });
  await mailbox.publish([{ wire, role: 'pricing', session: swarm.session }]);
  return wire;
}

async function take(role: 'pricing' | 'coordinator' = 'pricing'): Promise<Delivery> {
  const [delivery] = await swarm.driver.receive(role, { max: 1, waitMs: 0 });
  if (delivery === undefined) throw new Error('expected a message');
  return delivery;
}

/** Receives a message as often as a queue gives it, and settles it never. */
async function giveUp(): Promise<void> {
  for (let receive = 1; receive <= MAX_RECEIVES; receive += 1) {
    await take();
    await swarm.clock.advance(30_000);
  }
  expect(await swarm.driver.receive('pricing', { max: 1, waitMs: 0 })).toStrictEqual([]);
}

const sweep = async () => sweepDeadLetters(swarm.coordinatorPorts());
const lettersLeft = async () => (await swarm.driver.receiveDead('pricing', { max: 10, waitMs: 0 })).length;

test('an order that its queue gave up ends its task, with the receives and the last error, and is kept', async () => {
  const wire = await send({ code: 'THROTTLED', message: 'slow down' });
  await giveUp();
  const nowMs = swarm.clock.nowMs();

  expect(await sweep()).toStrictEqual({ kept: 1, quarantined: 0, left: 0 });
  expect(await swarm.task(TASK)).toMatchObject({
    state: 'FAILED',
    code: 'POISON',
    message: 'its message was handed out 10 times and never settled, the last error: THROTTLED',
    fence: 5,
    ended_at_ms: nowMs,
  });
  const letter: DeadLetter = {
    sha256: sha256Hex(wire),
    role: 'pricing',
    session_id: swarm.session,
    act: 'request',
    task_id: TASK,
    dispatch: 1,
    code: 'RECEIVE_COUNT',
    detail: '',
    receives: 10,
    at_ms: nowMs,
  };
  expect(await swarm.deadLetters.find(letter.sha256)).toStrictEqual({ letter, wire });
  expect(swarm.events.map(({ type }) => type)).toStrictEqual(['dead-letter', 'task-settled']);
  await swarm.clock.advance(HOUR_MS);
  expect(await lettersLeft()).toBe(0);
});

test('an order that expired while it lay among the dead letters still ends its task', async () => {
  await send();
  await (await take()).deadLetter('UNEXPECTED', 'TypeError: a bug');
  await swarm.clock.advance(26 * HOUR_MS);

  expect(await sweep()).toStrictEqual({ kept: 1, quarantined: 0, left: 0 });
  expect(await swarm.task(TASK)).toMatchObject({
    state: 'FAILED',
    message: 'UNEXPECTED: TypeError: a bug (handed out 1 times)',
  });
});

test('a lease of the very dispatch that is dead is revoked', async () => {
  await send({ state: 'LEASED', owner: 'w-1', boot_id: 'w-1' });
  await (await take()).deadLetter('UNEXPECTED', '');
  await sweep();

  expect(await swarm.task(TASK)).toMatchObject({ state: 'FAILED', code: 'POISON', fence: 5 });
});

test.each([
  ['sent again since', { dispatch: 2, request_wire: '{"another":"order"}' }],
  ['over', { state: 'DONE', answer_wire: 'x' }],
  ['cancelled', { state: 'CANCELLED', code: 'CANCELLED' }],
] as const)('a dead letter of a task that is %s changes nothing, and is kept', async (_what, over) => {
  await send(over);
  const before = await swarm.task(TASK);
  await (await take()).deadLetter('UNEXPECTED', '');

  expect(await sweep()).toStrictEqual({ kept: 1, quarantined: 0, left: 0 });
  expect(await swarm.task(TASK)).toStrictEqual(before);
  expect(await swarm.deadLetters.list()).toHaveLength(1);
});

test('an answer among the dead letters is kept and ends nothing', async () => {
  await send();
  swarm.worker('pricing');
  await swarm.clock.advance(10);
  const done = await swarm.task(TASK);
  await (await take('coordinator')).deadLetter('UNAVAILABLE', 'the table was away');
  await sweep();

  expect(done.state).toBe('DONE');
  expect(await swarm.task(TASK)).toStrictEqual(done);
  expect(await swarm.deadLetters.list()).toMatchObject([{ role: 'coordinator', act: 'inform', task_id: TASK }]);
});

test('a forged letter is quarantined and ends nothing', async () => {
  const wire = await send();
  const forged = wire.replace('"dispatch":1', '"dispatch":2');
  await swarm.driver.publish([{ body: forged, role: 'pricing', session: swarm.session }]);
  for (const delivery of await swarm.driver.receive('pricing', { max: 10, waitMs: 0 })) {
    if (delivery.body === forged) await delivery.deadLetter('UNEXPECTED', '');
  }

  expect(await sweep()).toStrictEqual({ kept: 0, quarantined: 1, left: 0 });
  expect(swarm.quarantined).toStrictEqual([['BUS_SIGNATURE_INVALID', forged]]);
  expect(await swarm.task(TASK)).toMatchObject({ state: 'DISPATCHED' });
  expect(await swarm.deadLetters.list()).toStrictEqual([]);
});

test('what is no message but ours is kept under its session', async () => {
  await swarm.driver.publish([{ body: '{"payload":1}', role: 'pricing', session: swarm.session }]);
  await (await take()).deadLetter('UNEXPECTED', '');
  const otherOf = (text: string) => (text === '{"payload":1}' ? swarm.session : undefined);

  expect(await sweepDeadLetters(swarm.coordinatorPorts(), { otherOf })).toStrictEqual({
    kept: 1,
    quarantined: 0,
    left: 0,
  });
  expect(await swarm.deadLetters.list()).toMatchObject([{ act: 'note', session_id: swarm.session }]);
});

test.each(['keep', 'changeTask'] as const)(
  'a letter whose %s fails stays where it is, and the next sweep does the rest',
  async (what) => {
    await send();
    await (await take()).deadLetter('UNEXPECTED', '');
    const ports = swarm.coordinatorPorts();
    const away = async (): Promise<never> => {
      throw new StoreError('UNAVAILABLE', { message: 'away' });
    };
    const broken =
      what === 'keep'
        ? { ...ports, deadLetters: { ...swarm.deadLetters, keep: away } }
        : { ...ports, state: { ...ports.state, changeTask: away } };

    expect(await sweepDeadLetters(broken)).toStrictEqual({ kept: 0, quarantined: 0, left: 1 });
    expect(await swarm.task(TASK)).toMatchObject({ state: 'DISPATCHED' });
    await swarm.clock.advance(60_000);
    expect(await sweep()).toStrictEqual({ kept: 1, quarantined: 0, left: 0 });
    expect(await swarm.task(TASK)).toMatchObject({ state: 'FAILED', code: 'POISON' });
    expect(swarm.events.filter(({ type }) => type === 'dead-letter')).toHaveLength(1);
  },
);

test('a watch sweeps at once and again, also after the store was away', async () => {
  await send();
  let failures = 1;
  const ports = swarm.coordinatorPorts();
  const watch = watchDeadLetters({
    ...ports,
    mailbox: {
      ...ports.mailbox,
      takeDead: async (...given) => {
        if ((failures -= 1) >= 0) throw new StoreError('UNAVAILABLE', { message: 'away' });
        return ports.mailbox.takeDead(...given);
      },
    },
  });
  await (await take()).deadLetter('UNEXPECTED', '');
  await swarm.clock.advance(5_000);
  expect(await swarm.task(TASK)).toMatchObject({ state: 'FAILED' });
  await watch.close();
});

test('a task out of attempts leaves its last order among the dead letters', async () => {
  swarm.perform.set('pricing', async () => {
    throw new StoreError('UNAVAILABLE', { message: 'the bucket is away' });
  });
  swarm.workers();
  await swarm.create();
  await swarm.until(swarm.coordinator().run(swarm.session));
  const letters = await swarm.deadLetters.list();
  const failed = (await swarm.state.tasks(swarm.session)).filter(({ code }) => code === 'ATTEMPTS');

  expect(failed.length).toBeGreaterThan(0);
  expect(
    letters
      .filter(({ code }) => code === 'ATTEMPTS')
      .map(({ sha256, receives }) => `sha256:${sha256} ${receives}`)
      .toSorted(),
  ).toStrictEqual(failed.map(({ request_wire }) => `${digestOf(request_wire)} 8`).toSorted());
});
