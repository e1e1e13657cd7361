import { canonicalBytes, type TaskRecord } from '@infrafabric/protocol';
import { aTask } from '@infrafabric/protocol/testing';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { taskHandling } from './worker.ts';

const EMPTY = { kind: 'judge', findings: [], claims: [], coverage: [] } as const;

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('deadline');
});

/** Writes and sends a task as the coordinator does. */
async function send(leftMs = 3_600_000): Promise<void> {
  const mailbox = swarm.mailboxOf('coordinator', 'c-1');
  const { id } = await swarm.blobs.put(canonicalBytes({ kind: 'judge', subjects: [] }));
  const spec = aTask('pricing', { input: id });
  const deadlineMs = swarm.clock.nowMs() + leftMs;
  const wire = await mailbox.sealRequest(spec, { session: swarm.session, dispatch: 1, deadlineMs });
  const { task_id, role, type, phase } = spec;
  const counts = { state: 'DISPATCHED', dispatch: 1, fence: 0, attempt: 0, hb: 0 } as const;
  await swarm.state.createTask({
    session_id: swarm.session,
    task_id,
    role,
    type,
    phase,
    ...counts,
    request_wire: wire,
  });
  await mailbox.publish([{ wire, role: 'pricing', session: swarm.session }]);
}

const heeding = async (signal: AbortSignal): Promise<void> => swarm.clock.sleep(600_000, signal);
const task = async (): Promise<TaskRecord> => swarm.task('pricing/ec2/eu-west-1/0');

test('work that is not over at the deadline is given back at once, and its message comes again', async () => {
  let begun = 0;
  swarm.perform.set('pricing', async () => {
    begun += 1;
    if (begun === 1) await swarm.clock.sleep(60_000);
    return EMPTY;
  });
  await send();
  const mailbox = swarm.mailboxOf('pricing', 'w-1');
  const deadline = new AbortController();
  const { handler, options } = taskHandling(swarm.agent('pricing'), swarm.workerPorts(mailbox), deadline.signal);
  const [delivery] = await swarm.driver.receive('pricing', { max: 1, waitMs: 0 });
  const taking = mailbox.take(delivery!, handler, options);
  await swarm.clock.advance(2_000);
  deadline.abort();

  expect(await taking).toMatchObject({ outcome: 'retried', reason: { code: 'OUT_OF_TIME' }, afterMs: 1_000 });
  expect(await task()).toMatchObject({ state: 'DISPATCHED', attempt: 1, code: 'OUT_OF_TIME' });
  swarm.worker('pricing', 'w-2');
  await swarm.clock.advance(5_000);
  expect([begun, await task()]).toMatchObject([2, { state: 'DONE', attempt: 2, fence: 2 }]);
});

test('after its deadline a worker begins nothing and costs no attempt', async () => {
  await send();
  const mailbox = swarm.mailboxOf('pricing', 'w-1');
  const ports = swarm.workerPorts(mailbox);
  const { handler, options } = taskHandling(swarm.agent('pricing'), ports, AbortSignal.abort());
  const [delivery] = await swarm.driver.receive('pricing', { max: 1, waitMs: 0 });

  expect(await mailbox.take(delivery!, handler, options)).toMatchObject({ outcome: 'retried' });
  expect(await task()).toMatchObject({ state: 'DISPATCHED', attempt: 0 });
});

test.each([
  ['its own deadline, with an agent that heeds its signal', 30_000, {}, heeding],
  ['its own deadline, with one that heeds nothing', 30_000, {}, async () => new Promise<void>(() => undefined)],
  ['the time that a task may take', 3_600_000, { taskLimitMs: 30_000 }, heeding],
])('a task fails with DEADLINE at %s', async (_, leftMs, ports, work) => {
  const aborted: boolean[] = [];
  swarm.perform.set('pricing', async ({ signal }) => {
    signal.addEventListener('abort', () => aborted.push(true));
    await work(signal);
    return EMPTY;
  });
  await send(leftMs);
  swarm.worker('pricing', 'w-1', ports);
  await swarm.clock.advance(29_000);
  expect((await task()).state).toBe('LEASED');
  await swarm.clock.advance(2_000);

  expect(await task()).toMatchObject({ state: 'FAILED', code: 'DEADLINE', attempt: 1 });
  expect(aborted).toStrictEqual([true]);
});
