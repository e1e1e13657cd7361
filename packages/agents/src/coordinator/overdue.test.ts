import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { endOverdue, SWEEP_MS } from './overdue.ts';

const MINUTE_MS = 60_000;

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('overdue');
});

const sweep = async (): Promise<boolean> =>
  swarm.until(endOverdue(await swarm.record(), swarm.coordinatorPorts('sweeper', { isBootAlive: () => undefined })));
const ends = async (): Promise<string[]> =>
  (await swarm.state.tasks(swarm.session)).map(({ state, code }) => `${state} ${code}`);

test('a session that nobody works on is over two sweeps after its deadline, and not before the first', async () => {
  await swarm.create({ deadline_ms: swarm.clock.nowMs() });
  await swarm.clock.advance(SWEEP_MS - 1_000);
  expect(await sweep()).toBe(false);
  await swarm.clock.advance(2_000);

  expect(await sweep()).toBe(true);
  expect(await swarm.record()).toMatchObject({ state: 'FAILED', code: 'DEADLINE' });
  expect(swarm.clock.nowMs() - (await swarm.record()).deadline_ms).toBeLessThan(2 * SWEEP_MS);
});

test('every planned task ends by the deadline, also those that nobody wrote', async () => {
  await swarm.create({ deadline_ms: swarm.clock.nowMs() + MINUTE_MS });
  let written = 0;
  const createTask: typeof swarm.state.createTask = async (record) =>
    (written += 1) > 1 ? new Promise(() => undefined) : swarm.state.createTask(record);
  void swarm.coordinator('c-1', { state: { ...swarm.state, createTask } }).run(swarm.session);
  await swarm.clock.advance(2 * MINUTE_MS);
  expect(await ends()).toStrictEqual(['DISPATCHED undefined']);
  swarm.dead.add('c-1');
  await swarm.clock.advance(5 * MINUTE_MS);

  expect(await sweep()).toBe(true);
  expect(await ends()).toStrictEqual(['FAILED DEADLINE', 'FAILED DEADLINE', 'FAILED DEADLINE']);
});

test('a session whose holder is at work on its report has five minutes, then it is lost to it', async () => {
  swarm.workers();
  await swarm.create({ deadline_ms: swarm.clock.nowMs() + MINUTE_MS });
  const publishReport = () => new Promise<never>(() => undefined);
  void swarm.coordinator('c-1', { publishReport }).run(swarm.session);
  await swarm.clock.advance(3 * MINUTE_MS);
  expect(await swarm.record()).toMatchObject({ state: 'REPORTING' });

  expect(await sweep()).toBe(false);
  await swarm.clock.advance(4 * MINUTE_MS);
  expect(await sweep()).toBe(true);
  expect(await swarm.record()).toMatchObject({ state: 'FAILED', code: 'DEADLINE' });
});

test('after its deadline a session is taken up to be reported: nothing more is sent', async () => {
  await swarm.create({ deadline_ms: swarm.clock.nowMs() });
  await swarm.clock.advance(MINUTE_MS);
  let sent = 0;
  swarm.loses = () => ((sent += 1), false);

  expect(await swarm.until(swarm.coordinator().run(swarm.session))).toMatchObject({ state: 'DONE_WITH_GAPS' });
  expect([sent, new Set(await ends())]).toStrictEqual([0, new Set(['FAILED DEADLINE'])]);
  const { results, gaps } = JSON.parse(swarm.reports[0] ?? '') as { results: unknown[]; gaps: { what: string }[] };
  expect(results).toStrictEqual([]);
  expect(gaps.map(({ what }) => what)).toStrictEqual(
    (await swarm.state.tasks(swarm.session)).map(({ task_id }) => task_id),
  );
});
