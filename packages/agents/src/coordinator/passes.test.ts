import { isRequest } from '@infrafabric/bus';
import { digestOf } from '@infrafabric/protocol';
import { StoreError } from '@infrafabric/store';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';
import { type PassDriver, passDriver } from '../testing/pass-driver.ts';
import type { Passes } from './passes.ts';
import { wakeOf } from './wake.ts';

const NEVER = new AbortController().signal;

let swarm: MemorySwarm;
let driver: PassDriver;
beforeEach(() => {
  swarm = memorySwarm('passes');
  driver = passDriver(swarm);
});

/** The report of a coordinator that stays, on a swarm nothing happens to. */
async function undisturbed(): Promise<string> {
  const calm = memorySwarm('calm');
  calm.workers();
  await calm.create();
  await calm.until(calm.coordinator().run(calm.session));
  return calm.reports[0] ?? '';
}

const told = (): string[] =>
  swarm.events
    .filter(({ type }) => type !== 'task-leased' && type !== 'task-settled')
    .map((event) => (event.type === 'task-ended' ? `ended ${event.task_id}` : event.type))
    .sort();

test('passes of many coordinators, none of which stays, make the report of one that stays', async () => {
  swarm.workers();
  await swarm.create();
  await driver.note();
  let n = 0;

  expect(await driver.drive(() => swarm.passes(`c-${(n += 1)}`))).toMatchObject({ state: 'DONE' });
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
  expect((await swarm.state.tasks(swarm.session)).map(({ dispatch, attempt }) => [dispatch, attempt])).toStrictEqual(
    (await swarm.state.tasks(swarm.session)).map(() => [1, 1]),
  );
});

test('tells each event of a session once', async () => {
  const calm = memorySwarm('calm');
  calm.workers();
  await calm.create();
  await calm.until(calm.coordinator().run(calm.session));
  swarm.workers();
  await swarm.create();
  await driver.note();
  const passes = swarm.passes();
  await driver.drive(() => passes);
  await driver.drain();

  const same = calm.events
    .filter(({ type }) => type !== 'task-leased' && type !== 'task-settled')
    .map((event) => (event.type === 'task-ended' ? `ended ${event.task_id}` : event.type));
  expect(told()).toStrictEqual(same.sort());
});

test('of notes about one session only the newest starts anything', async () => {
  await swarm.create();
  const passes = swarm.passes();
  const first = wakeOf(await swarm.record(), swarm.clock.nowMs());

  expect((await passes.wake(first, NEVER)).end).toBe('open');
  const tick = (await swarm.record()).tick;
  expect((await passes.wake(first, NEVER)).end).toBe('left');
  expect((await swarm.record()).tick).toBe(tick);
});

test('a session that another pass took since it was read is left to it', async () => {
  const seen = await swarm.create({ state: 'RUNNING' });
  const wake = wakeOf(seen, swarm.clock.nowMs());
  await swarm.state.changeSession(swarm.session, { expect: {}, add: { fence: 1, tick: 1 } });
  const state = { ...swarm.state, session: async () => seen };

  expect(await swarm.passes('c-2', { state }).wake(wake, NEVER)).toMatchObject({ end: 'open' });
  expect(await swarm.record()).toStrictEqual({ ...seen, fence: 1, tick: 1 });
});

test('a session that another coordinator is at work on is taken once it stood still for 30 s', async () => {
  await swarm.create({ owner: 'if://agent/test/coordinator/c-dead', boot_id: 'c-dead', fence: 3, state: 'RUNNING' });
  swarm.workers();
  await driver.note();
  const passes = swarm.passes('c-2');
  const startMs = swarm.clock.nowMs();
  const ended = await driver.drive(() => passes);

  expect(ended.state).toBe('DONE');
  const started = swarm.events.find(({ type }) => type === 'plan-made');
  const waitedMs = (started?.at_ms ?? 0) - startMs;
  expect([waitedMs >= 30_000, waitedMs < 32_000]).toStrictEqual([true, true]);
});

test('a session whose holder beats is left to it', async () => {
  await swarm.create({ boot_id: 'c-busy', fence: 3, state: 'RUNNING' });
  const passes = swarm.passes('c-2');
  let wake = wakeOf(await swarm.record(), swarm.clock.nowMs(), 29_990);
  for (let n = 0; n < 20; n += 1) {
    await swarm.state.changeSession(swarm.session, { expect: { fence: 3 }, add: { hb: 1 } });
    const end = await passes.wake(wake, NEVER);
    if (end.end !== 'open') throw new Error(`expected the session to be left open, got ${end.end}`);
    wake = end.wake;
  }

  expect(await swarm.record()).toMatchObject({ fence: 3, boot_id: 'c-busy' });
});

test('a pass that must stop lays the session down and asks to go on at once', async () => {
  await swarm.create();
  const stop = AbortSignal.abort();
  const end = await swarm.passes().wake(wakeOf(await swarm.record(), swarm.clock.nowMs()), stop);

  expect(end).toMatchObject({ end: 'open', afterMs: 0 });
  expect(await swarm.record()).not.toHaveProperty('boot_id');
  swarm.workers();
  await driver.note();
  expect(await driver.drive(() => swarm.passes('c-2'))).toMatchObject({ state: 'DONE' });
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
});

test('what the last holder wrote and may not have sent is sent again by whoever takes over', async () => {
  swarm.loses = ({ role }) => role !== 'coordinator';
  await swarm.create();
  await swarm.passes('c-dead').wake(wakeOf(await swarm.record(), swarm.clock.nowMs()), NEVER);
  await swarm.state.changeSession(swarm.session, { expect: {}, set: { boot_id: 'c-dead' } });
  swarm.loses = () => false;
  swarm.workers();
  await driver.note(60_000);

  expect(await driver.drive(() => swarm.passes('c-2'))).toMatchObject({ state: 'DONE' });
  const dispatches = (await swarm.state.tasks(swarm.session)).map(({ dispatch }) => dispatch);
  expect(new Set(dispatches)).toStrictEqual(new Set([1, 2]));
});

test('a burst of answers counts no ticks, so no lease looks old', async () => {
  await swarm.create();
  const passes = swarm.passes();
  await passes.wake(wakeOf(await swarm.record(), swarm.clock.nowMs()), NEVER);
  const { tick } = await swarm.record();
  for (let n = 0; n < 200; n += 1) await passes.hint(swarm.session, NEVER);

  expect((await swarm.record()).tick).toBe(tick);
});

test('a silent lease is revoked and the session ends, though every pass is of another process', async () => {
  swarm.perform.set('pricing', () => new Promise(() => undefined));
  swarm.worker('pricing', 'w-dead', { pace: { ...PACE, heartbeatMs: 1e9 } });
  for (const role of ['collector', 'rightsizing', 'upgrade-risk', 'budget'] as const) swarm.worker(role);
  await swarm.create();
  await driver.note();
  let passes: Passes | undefined;
  const ended = driver.drive(() => (passes ??= swarm.passes()));
  await swarm.clock.advance(0);
  swarm.perform.delete('pricing');
  swarm.worker('pricing', 'w-2');

  expect(await ended).toMatchObject({ state: 'DONE' });
});

test('an error that may pass leaves the session for the next note; one that may not ends it', async () => {
  await swarm.create();
  const failing = (error: Error): Passes =>
    swarm.passes('c-1', {
      blobsOf: () => ({
        ...swarm.blobs,
        get: async () => {
          throw error;
        },
      }),
    });
  const away = await failing(new StoreError('UNAVAILABLE', { message: 'away' })).wake(
    wakeOf(await swarm.record(), swarm.clock.nowMs()),
    NEVER,
  );
  expect([away.end, (await swarm.record()).state]).toStrictEqual(['open', 'RUNNING']);

  const broken = await failing(new RangeError('boom')).wake(wakeOf(await swarm.record(), swarm.clock.nowMs()), NEVER);
  expect([broken.end, await swarm.record()]).toMatchObject(['over', { state: 'FAILED', code: 'UNEXPECTED' }]);
});

test('a cancelled session ends cancelled', async () => {
  await swarm.create();
  await swarm.passes().wake(wakeOf(await swarm.record(), swarm.clock.nowMs()), NEVER);
  await swarm.state.changeSession(swarm.session, { expect: {}, set: { cancel: true } });
  await driver.note();

  expect(await driver.drive(() => swarm.passes('c-2'))).toMatchObject({ state: 'CANCELLED' });
});

test.each([
  ['to nothing the session asked', { sha256: digestOf('no request') }, 1, ['BUS_REPLY_UNBOUND']],
  ['to an earlier dispatch', {}, 2, []],
] as const)('an answer %s is quarantined exactly when it is foreign', async (_what, over, dispatch, codes) => {
  await swarm.create();
  await swarm.passes().wake(wakeOf(await swarm.record(), swarm.clock.nowMs()), NEVER);
  const mailbox = swarm.mailboxOf('collector', 'w-1');
  const [delivery] = await swarm.driver.receive('collector', { max: 1, waitMs: 0 });
  await mailbox.take(
    delivery!,
    async (opened) => {
      if (!isRequest(opened)) return;
      const { task_id } = opened.message.task;
      await swarm.state.changeTask(swarm.session, task_id, { expect: {}, set: { dispatch } });
      const result = { sha256: digestOf('result'), size: 2 };
      const wire = mailbox.sealInform({ ...opened, ...over }, { fence: 1, result });
      await mailbox.publish([{ wire, role: 'coordinator', session: swarm.session }]);
    },
    {},
  );
  await driver.drain();

  expect(swarm.quarantined.map(([code]) => code)).toStrictEqual(codes);
});

test('a task without attempts left is told once, when the pass gives it up', async () => {
  swarm.perform.set('budget', () => Promise.reject(new StoreError('UNAVAILABLE', { message: 'away' })));
  swarm.workers();
  await swarm.create();
  await driver.note();
  const passes = swarm.passes();

  expect(await driver.drive(() => passes)).toMatchObject({ state: 'DONE_WITH_GAPS' });
  const failed = swarm.events.flatMap((event) =>
    event.type === 'task-ended' && event.state === 'FAILED' ? [event] : [],
  );
  expect(failed.map(({ task_id, code }) => [task_id, code])).toStrictEqual([['budget/bill/0', 'ATTEMPTS']]);
});
