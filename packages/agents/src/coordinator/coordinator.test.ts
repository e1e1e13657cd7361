import { digestOf, evidenceId, isTerminal, type MessageOf, type TaskRecord } from '@infrafabric/protocol';
import { beforeEach, expect, test } from 'vitest';
import { parseJson } from '../blob-json.ts';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm();
});

const tasksOf = async (): Promise<TaskRecord[]> => swarm.state.tasks(swarm.session);
const states = async (): Promise<string[]> => [...new Set((await tasksOf()).map(({ state }) => state))].sort();

/** The report of a run nothing happens to. */
async function undisturbed(): Promise<string> {
  const calm = memorySwarm();
  calm.workers();
  await calm.create();
  await calm.until(calm.coordinator().run(calm.session));
  return calm.reports[0] ?? '';
}

test('runs a session to its report: every planned task once', async () => {
  swarm.workers();
  await swarm.create();

  const ended = await swarm.until(swarm.coordinator().run(swarm.session));
  const tasks = await tasksOf();

  expect(ended).toMatchObject({ state: 'DONE', phase: 'analysis' });
  expect(tasks.every(({ state, attempt, dispatch }) => state === 'DONE' && attempt === 1 && dispatch === 1)).toBe(true);
  expect(JSON.parse(swarm.reports[0] ?? '')).toMatchObject({
    gaps: [],
    results: tasks.map(({ task_id, role }) => ({ task_id, role })),
  });
  expect(tasks.length).toBeGreaterThan(8);
});

test('ends a session with a close that lists what everybody said', async () => {
  swarm.workers();
  await swarm.create();
  const ended = await swarm.until(swarm.coordinator().run(swarm.session));
  const close = parseJson<MessageOf<'close'>>(
    new TextDecoder().decode(swarm.kept.get(evidenceId(ended!.close_sha256!.slice('sha256:'.length)))),
  );
  const tasks = await tasksOf();
  const ofRole = (role: string): number => tasks.filter((task) => task.role === role).length;

  expect(close).toMatchObject({ performative: 'close', receiver: 'if://role/coordinator', sequence: tasks.length });
  expect(close.content).toStrictEqual({
    state: 'DONE',
    senders: ['budget', 'collector', 'coordinator', 'pricing', 'rightsizing', 'upgrade-risk'].flatMap((role) => {
      const count = role === 'coordinator' ? tasks.length : ofRole(role);
      const sender = `if://agent/test/${role}/${role === 'coordinator' ? 'c-1' : 'w-1'}`;
      return count === 0 ? [] : [{ sender, count, last_sequence: count - 1 }];
    }),
  });
});

test('looks once when every answer came, not once a task', async () => {
  swarm.workers();
  await swarm.create();
  let polls = 0;
  const state: typeof swarm.state = {
    ...swarm.state,
    taskStatuses: (id) => ((polls += 1), swarm.state.taskStatuses(id)),
    statusPages: (id) => ((polls += 1), swarm.state.statusPages(id)),
  };

  await swarm.until(swarm.coordinator('c-1', { state }).run(swarm.session));
  expect(polls).toBe(4);
});

test('hears of what ends while it looks', async () => {
  const bill = Promise.withResolvers<undefined>();
  const index = swarm.perform.get('collector');
  swarm.perform.set('collector', async (order, desk) => {
    if (order.type === 'collector.read-bill') await bill.promise;
    return (await index?.(order, desk)) ?? Promise.reject(new Error('unused'));
  });
  swarm.workers();
  await swarm.create();
  let releasedMs = 0;
  const state: typeof swarm.state = {
    ...swarm.state,
    async *statusPages(id) {
      const statuses = await swarm.state.taskStatuses(id);
      if (releasedMs === 0 && statuses.some((status) => isTerminal(status.state))) {
        releasedMs = swarm.clock.nowMs();
        bill.resolve(undefined);
        await swarm.clock.sleep(5);
      }
      yield statuses;
    },
  };
  await swarm.until(swarm.coordinator('c-1', { state }).run(swarm.session));

  const ended = swarm.events.find((event) => event.type === 'task-ended' && event.task_id === 'collector/bill/0');
  expect(ended?.at_ms).toBeLessThanOrEqual(releasedMs + 2 * PACE.tickMs);
});

test('a lost answer only costs a poll', async () => {
  swarm.loses = ({ body }) => body.includes('"performative":"inform"');
  swarm.workers();
  await swarm.create();
  const startMs = swarm.clock.nowMs();

  expect(await swarm.until(swarm.coordinator().run(swarm.session))).toMatchObject({ state: 'DONE' });
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
  expect(swarm.clock.nowMs() - startMs).toBeLessThanOrEqual(2 * (PACE.pollTicks + 2) * PACE.tickMs);
  expect((await tasksOf()).every(({ attempt }) => attempt === 1)).toBe(true);
});

test('an answer that cannot be published only costs a poll', async () => {
  swarm.failsToPublish = ({ body }) => body.includes('"performative":"inform"');
  swarm.workers();
  await swarm.create();

  expect(await swarm.until(swarm.coordinator().run(swarm.session))).toMatchObject({ state: 'DONE' });
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
});

test('two coordinators: one wins, the other hears that it has not, and the report is the same', async () => {
  swarm.workers();
  await swarm.create();
  const runs = [swarm.coordinator('c-1').run(swarm.session), swarm.coordinator('c-2').run(swarm.session)];
  const ended = await swarm.until(Promise.all(runs));

  expect(new Set(ended.map((one) => one?.state))).toStrictEqual(new Set(['DONE', undefined]));
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
});

test('one coordinator does not run a session twice', async () => {
  swarm.workers();
  await swarm.create();
  const coordinator = swarm.coordinator();
  swarm.loses = () => true;
  const first = coordinator.run(swarm.session);
  await swarm.clock.advance(200);
  swarm.loses = () => false;

  expect(await coordinator.run(swarm.session)).toBe(undefined);
  expect(await swarm.until(first)).toMatchObject({ state: 'DONE', fence: 1 });
});

test('a session that ended between the look and the take stays ended', async () => {
  swarm.workers();
  await swarm.create();
  const first = swarm.coordinator('c-1').run(swarm.session);
  const late: typeof swarm.state = {
    ...swarm.state,
    changeSession: async (...given) => {
      await first;
      return swarm.state.changeSession(...given);
    },
  };
  const second = swarm.coordinator('c-2', { state: late, isBootAlive: () => false }).run(swarm.session);

  expect(await swarm.until(second)).toBe(undefined);
  expect(await swarm.record()).toMatchObject({ state: 'DONE', fence: 1, boot_id: 'c-1' });
});

test('a coordinator that was taken over stops, and says so', async () => {
  await swarm.create();
  const first = swarm.coordinator('c-1').run(swarm.session);
  await swarm.clock.advance(500);
  swarm.dead.add('c-1');
  swarm.workers();
  const second = swarm.coordinator('c-2').run(swarm.session);

  expect(await swarm.until(first)).toBe(undefined);
  expect(await swarm.until(second)).toMatchObject({ state: 'DONE', fence: 2, boot_id: 'c-2' });
  expect(swarm.reports).toStrictEqual([await undisturbed()]);
});

test('waits 15 s for a coordinator nobody knows, and takes over when its tick stands still', async () => {
  await swarm.create({ boot_id: 'elsewhere', owner: 'somebody', state: 'RUNNING', tick: 7, fence: 3 });
  swarm.workers();
  const startMs = swarm.clock.nowMs();
  const run = swarm.coordinator('c-2', { isBootAlive: () => undefined }).run(swarm.session);
  await swarm.clock.advance(14_900);
  expect(await swarm.record()).toMatchObject({ boot_id: 'elsewhere', fence: 3 });

  expect(await swarm.until(run)).toMatchObject({ state: 'DONE', fence: 4 });
  expect(swarm.clock.nowMs() - startMs).toBeLessThan(17_000);
});

test('leaves a session alone whose tick moves', async () => {
  await swarm.create({ boot_id: 'elsewhere', owner: 'somebody', state: 'RUNNING', tick: 7, fence: 3 });
  const run = swarm.coordinator('c-2', { isBootAlive: () => undefined }).run(swarm.session);
  await swarm.clock.advance(5_000);
  await swarm.state.changeSession(swarm.session, { expect: { fence: 3 }, add: { tick: 1 } });

  expect(await swarm.until(run)).toBe(undefined);
  expect(await swarm.record()).toMatchObject({ boot_id: 'elsewhere', fence: 3 });
});

test('lays its sessions down when it closes, so that another takes them at once', async () => {
  await swarm.create();
  const first = swarm.coordinator('c-1', { isBootAlive: () => undefined });
  const run = first.run(swarm.session);
  await swarm.clock.advance(500);
  await swarm.until(first.close());
  expect(await run).toBe(undefined);
  expect((await swarm.record()).boot_id).toBe(undefined);

  swarm.workers();
  const startMs = swarm.clock.nowMs();
  const second = swarm.coordinator('c-2', { isBootAlive: () => undefined }).run(swarm.session);
  expect(await swarm.until(second)).toMatchObject({ state: 'DONE' });
  expect(swarm.clock.nowMs() - startMs).toBeLessThan(5_000);
});

test.each(['collection', 'analysis'] as const)(
  'is taken up in the middle of %s without running a task again',
  async (phase) => {
    const isWorking = (role: string): boolean => (phase === 'collection' ? false : role === 'collector');
    for (const role of ['collector', 'pricing', 'rightsizing', 'upgrade-risk', 'budget'] as const)
      if (isWorking(role)) swarm.worker(role);
    await swarm.create();
    const first = swarm.coordinator('c-1', { isBootAlive: () => undefined });
    void first.run(swarm.session);
    await swarm.clock.advance(3_000);
    expect((await tasksOf()).some(({ phase: of, state }) => of === phase && !isTerminal(state))).toBe(true);
    await swarm.until(first.close());

    swarm.workers('w-2');
    expect(await swarm.until(swarm.coordinator('c-2').run(swarm.session))).toMatchObject({ state: 'DONE' });
    expect((await tasksOf()).every(({ attempt }) => attempt === 1)).toBe(true);
    expect(swarm.reports).toStrictEqual([await undisturbed()]);
  },
);

test('taken up after a crash between writing and sending, it sends at once', async () => {
  swarm.loses = () => true;
  await swarm.create();
  const first = swarm.coordinator('c-1');
  void first.run(swarm.session);
  await swarm.clock.advance(120);
  await swarm.until(first.close());
  swarm.loses = () => false;
  swarm.workers();
  const startMs = swarm.clock.nowMs();

  expect(await swarm.until(swarm.coordinator('c-2').run(swarm.session))).toMatchObject({ state: 'DONE' });
  expect(swarm.clock.nowMs() - startMs).toBeLessThan(PACE.idleTicks * PACE.tickMs);
});

test('ends with the reason when its plan is lost, and leaves no task open', async () => {
  await swarm.create();
  const first = swarm.coordinator('c-1');
  void first.run(swarm.session);
  await swarm.clock.advance(500);
  await swarm.until(first.close());
  const { plan_collection = '' } = await swarm.record();
  swarm.kept.delete(plan_collection);

  await expect(swarm.until(swarm.coordinator('c-2').run(swarm.session))).rejects.toMatchObject({
    code: 'EVIDENCE_MISSING',
  });
  expect(await swarm.record()).toMatchObject({ state: 'FAILED', code: 'EVIDENCE_MISSING' });
  expect(await states()).toStrictEqual(['CANCELLED']);
  expect(await swarm.coordinator('c-3').run(swarm.session)).toBe(undefined);
});

test('refuses an answer to what it never asked, and one about another task, each by its code', async () => {
  swarm.loses = ({ role }) => role !== 'collector' && role !== 'coordinator';
  swarm.worker('collector');
  await swarm.create();
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(3_000);
  const waiting = (await tasksOf()).filter(({ role, state }) => role === 'pricing' && state === 'DISPATCHED');
  const [one, other] = waiting;
  if (one === undefined || other === undefined) throw new Error('expected two waiting tasks');
  const mailbox = swarm.mailboxOf('pricing', 'intruder');
  const publish = async (body: string): Promise<unknown> =>
    swarm.driver.publish([{ body, role: 'coordinator', session: swarm.session }]);
  const answer = (requestWire: string, task: string): string => {
    const message = parseJson<MessageOf<'request'>>(requestWire);
    const asked = { ...message, task: { ...message.task, task_id: task } };
    const opened = { session: swarm.session, receiveCount: 1, extend: async () => true, wire: requestWire };
    return mailbox.sealInform({ ...opened, message: asked, sha256: digestOf(requestWire) }, ANY_RESULT);
  };
  await publish(answer(one.request_wire, one.task_id));
  await swarm.clock.advance(100);
  expect(swarm.quarantined).toStrictEqual([]);

  const unasked = answer(`${one.request_wire} `, one.task_id);
  const misnamed = answer(one.request_wire, other.task_id);
  await publish(unasked);
  await publish(misnamed);
  await swarm.clock.advance(100);
  expect(swarm.quarantined).toStrictEqual([
    ['BUS_REPLY_UNBOUND', unasked],
    ['BUS_REPLY_UNBOUND', misnamed],
  ]);
  expect(swarm.events.filter(({ type }) => type === 'message-refused')).toHaveLength(2);
});

const ANY_RESULT = { fence: 1, result: { sha256: `sha256:${'1'.repeat(64)}`, size: 1 } };
