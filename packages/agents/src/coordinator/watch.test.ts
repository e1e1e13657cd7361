import { canonicalBytes, type StateStore, type TaskRecord } from '@infrafabric/protocol';
import { beforeEach, expect, test } from 'vitest';
import { parseJson } from '../blob-json.ts';
import { MANIFEST } from '../testing/memory-estate.ts';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm();
});

const tasksOf = async (): Promise<TaskRecord[]> => swarm.state.tasks(swarm.session);
const states = async (): Promise<string[]> => [...new Set((await tasksOf()).map(({ state }) => state))].sort();
const isRequestFor = (task: string) => (message: { body: string }) =>
  message.body.includes('"performative":"request"') && message.body.includes(`"task_id":"${task}"`);

/** The report of a run nothing happens to. */
async function undisturbed(): Promise<string> {
  const calm = memorySwarm();
  calm.workers();
  await calm.create();
  await calm.until(calm.coordinator().run(calm.session));
  return calm.reports[0] ?? '';
}

test.each(['loses', 'failsToPublish'] as const)('sends a request again that the bus %s', async (fault) => {
  const isIt = isRequestFor('pricing/ebs/eu-west-1/0');
  let times = 0;
  swarm[fault] = (message) => isIt(message) && (times += 1) <= 2;
  swarm.workers();
  await swarm.create();

  expect(await swarm.until(swarm.coordinator().run(swarm.session))).toMatchObject({ state: 'DONE' });
  expect(await swarm.state.task(swarm.session, 'pricing/ebs/eu-west-1/0')).toMatchObject({ dispatch: 3, attempt: 1 });
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
});

test('sends what it wrote again although the answer to the write was lost', async () => {
  const isIt = isRequestFor('pricing/ebs/eu-west-1/0');
  let times = 0;
  swarm.loses = (message) => isIt(message) && (times += 1) === 1;
  swarm.workers();
  await swarm.create();
  const state: StateStore = {
    ...swarm.state,
    async changeTask(...given) {
      const changed = await swarm.state.changeTask(...given);
      return given[2].add?.dispatch === 1 ? swarm.state.changeTask(...given) : changed;
    },
  };

  expect(await swarm.until(swarm.coordinator('c-1', { state }).run(swarm.session))).toMatchObject({ state: 'DONE' });
  expect(await swarm.state.task(swarm.session, 'pricing/ebs/eu-west-1/0')).toMatchObject({ dispatch: 2, attempt: 1 });
});

test('waits twice as long each time before it sends again what nobody takes', async () => {
  const sentAtMs: number[] = [];
  swarm.loses = (message) => {
    if (isRequestFor('collector/bill/0')(message)) sentAtMs.push(swarm.clock.nowMs());
    return true;
  };
  await swarm.create();
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(60_000);

  const waits = sentAtMs
    .slice(1)
    .map((ms, n) => Math.round((ms - (sentAtMs[n] ?? 0)) / (PACE.idleTicks * PACE.tickMs)));
  expect(waits.slice(0, 4).map((wait, n) => Math.abs(wait - 2 ** n) <= 1)).toStrictEqual([true, true, true, true]);
  expect(sentAtMs.length).toBeLessThanOrEqual(7);
});

test('revokes the lease of a dead owner at the next look', async () => {
  swarm.perform.set('collector', () => new Promise(() => undefined));
  swarm.worker('collector', 'w-dead');
  await swarm.create();
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(200);
  expect(await states()).toContain('LEASED');

  swarm.dead.add('w-dead');
  swarm.loses = () => true;
  await swarm.clock.advance(PACE.pollTicks * PACE.tickMs + 100);
  const [task] = await tasksOf();
  expect(task).toMatchObject({ state: 'DISPATCHED', dispatch: 2, fence: 2, attempt: 1 });
  expect(swarm.events).toContainEqual(
    expect.objectContaining({ type: 'task-revoked', task_id: task?.task_id, reason: 'its worker is gone' }),
  );
});

test('sends what waits for the role of a dead worker again at once: it may have had the messages in hand', async () => {
  const inHand = isRequestFor('collector/ec2/us-east-1/0');
  swarm.loses = inHand;
  swarm.perform.set('collector', () => new Promise(() => undefined));
  swarm.worker('collector', 'w-dead');
  await swarm.create();
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(100);
  expect(await swarm.task('collector/ec2/us-east-1/0')).toMatchObject({ state: 'DISPATCHED', dispatch: 1 });

  swarm.dead.add('w-dead');
  swarm.loses = () => true;
  await swarm.clock.advance(PACE.pollTicks * PACE.tickMs);
  expect((await tasksOf()).map(({ dispatch }) => dispatch)).toStrictEqual([2, 2, 2]);
});

test('of many that wait, only as many are sent again as a dead worker can have had in hand', async () => {
  const [file] = MANIFEST.files;
  const files = Array.from({ length: 40 }, (_, n) => ({ ...file, client: `client-${n}` }));
  const { id: inputs } = await swarm.blobs.put(canonicalBytes({ files, failed: [], unused: [] }));
  swarm.perform.set('collector', () => new Promise(() => undefined));
  swarm.worker('collector', 'w-dead');
  const { request } = await swarm.create();
  await swarm.state.changeSession(swarm.session, { expect: {}, set: { request: { ...request, inputs } } });
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(100);
  const leased = (await tasksOf()).filter(({ state }) => state === 'LEASED').length;

  swarm.dead.add('w-dead');
  swarm.loses = () => true;
  await swarm.clock.advance(PACE.pollTicks * PACE.tickMs);
  const again = (await tasksOf()).filter(({ dispatch }) => dispatch === 2).length;
  expect([leased, again]).toStrictEqual([8, 8 + 16]);
});

test('revokes a silent lease after leaseTicks and not before', async () => {
  await swarm.create();
  const alive = { isBootAlive: () => undefined };
  void swarm.coordinator('c-1', alive).run(swarm.session);
  await swarm.clock.advance(200);
  const [task] = await tasksOf();
  const lease = { state: 'LEASED', owner: 'if://agent/x/collector/w', boot_id: 'elsewhere' } as const;
  await swarm.state.changeTask(swarm.session, task?.task_id ?? '', {
    expect: { state: 'DISPATCHED' },
    add: { fence: 1, attempt: 1 },
    set: lease,
  });

  const ticks = async (count: number): Promise<void> => swarm.clock.advance(count * PACE.tickMs);
  await ticks(PACE.leaseTicks);
  expect(await swarm.state.task(swarm.session, task?.task_id ?? '')).toMatchObject({ ...lease, fence: 1 });
  await ticks(2 * PACE.pollTicks);
  expect(await swarm.state.task(swarm.session, task?.task_id ?? '')).toMatchObject({ state: 'DISPATCHED', fence: 2 });
});

test('leaves a lease alone whose worker beats', async () => {
  swarm.perform.set('collector', async ({ workList }) => {
    await swarm.clock.sleep(10 * PACE.leaseTicks * PACE.tickMs);
    return workList.kind === 'read-bill'
      ? { kind: 'bill', claims: [], accounts: [], costs: [], notes: [] }
      : { kind: 'index', entries: [], accounts: [], unused: [] };
  });
  swarm.workers();
  await swarm.create();

  await swarm.until(swarm.coordinator('c-1', { isBootAlive: () => undefined }).run(swarm.session));
  expect((await tasksOf()).every(({ attempt, dispatch }) => attempt === 1 && dispatch === 1)).toBe(true);
});

const isNotDoomed = (boot: string): boolean => !boot.startsWith('w-doomed');

test('gives a task up after eight attempts and names the gap', async () => {
  swarm.perform.set('pricing', () => new Promise(() => undefined));
  for (const role of ['collector', 'rightsizing', 'upgrade-risk', 'budget'] as const) swarm.worker(role);
  for (let n = 1; n <= 9; n += 1) swarm.worker('pricing', `w-doomed-${n}`);
  await swarm.create();
  const ended = await swarm.until(swarm.coordinator('c-1', { isBootAlive: isNotDoomed }).run(swarm.session));

  expect(ended?.state).toBe('DONE_WITH_GAPS');
  const failed = (await tasksOf()).filter(({ role }) => role === 'pricing');
  expect(failed.every(({ state, code, attempt }) => state === 'FAILED' && code === 'ATTEMPTS' && attempt === 8)).toBe(
    true,
  );
  expect(parseJson<{ gaps: unknown[] }>(swarm.reports[0] ?? '').gaps).toStrictEqual(
    failed.map(({ task_id }) => ({ code: 'ATTEMPTS', what: task_id, detail: 'given up after 8 attempts' })),
  );
});

test('ends every open task at the deadline and reports the rest', async () => {
  for (const role of ['collector', 'rightsizing', 'upgrade-risk', 'budget'] as const) swarm.worker(role);
  await swarm.create({ deadline_ms: swarm.clock.nowMs() + 20_000 });

  const ended = await swarm.until(swarm.coordinator().run(swarm.session));
  expect(ended?.state).toBe('DONE_WITH_GAPS');
  expect((await tasksOf()).map(({ role, state, code }) => [role === 'pricing', state, code])).toStrictEqual(
    (await tasksOf()).map(({ role }) =>
      role === 'pricing' ? [true, 'FAILED', 'DEADLINE'] : [false, 'DONE', undefined],
    ),
  );
  expect(swarm.clock.nowMs()).toBeLessThanOrEqual((ended?.deadline_ms ?? 0) + 2 * PACE.pollTicks * PACE.tickMs);
});
