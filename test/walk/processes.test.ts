import { WORKER_ROLES } from '@infrafabric/protocol';
import { openFabric } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, openFleet, type Running } from './fleet.ts';
import { type Installation, installation, keysUnder, undisturbedReport } from './installation.ts';

let at: Installation;
let fleet: Fleet;
let expected: string;

/** A coordinator, which owns the store until it is killed, and a worker of each role. */
let coordinator: Running;
let workers: ReadonlyMap<string, Running>;

beforeAll(async () => {
  expected = await undisturbedReport();
  at = installation();
  fleet = openFleet(at);
  coordinator = fleet.start('coordinator');
  await coordinator.says('coordinator is ready');
  workers = new Map(WORKER_ROLES.map((role) => [role, fleet.start('worker', '--role', role)]));
  await Promise.all([...workers.values()].map(async (worker) => worker.says('is ready')));
});
afterAll(async () => {
  await fleet.end();
  at.remove();
});

/** Everything stored as evidence and every task of every session, once the fleet is away. */
async function stored(): Promise<{ evidence: string[]; attempts: number[] }> {
  const fabric = await openFabric(at.config);
  try {
    const evidence = await keysUnder(fabric.clients.s3, 'infrafabric-results', 't/local/evidence/');
    const sessions = await fabric.state.sessions();
    const tasks = await Promise.all(sessions.map(async ({ session_id }) => fabric.state.taskStatuses(session_id)));
    return { evidence: evidence.toSorted(), attempts: tasks.flat().map(({ attempt }) => attempt) };
  } finally {
    await fabric.close();
  }
}

test('six processes make the bytes that one makes, and a second run stores no new evidence', async () => {
  expect(fleet.ownerPid()).toBe(coordinator.pid);

  expect(await fleet.analyze('first')).toBe(expected);
  const first = await stored();
  expect(await fleet.analyze('second')).toBe(expected);
  const second = await stored();

  expect(second.evidence).toStrictEqual(first.evidence);
  expect(first.evidence.length).toBeGreaterThan(3);
  expect(new Set(second.attempts)).toStrictEqual(new Set([1]));
});

test('a worker killed in the middle of its work costs an attempt, not the report', async () => {
  const analysis = fleet.analyze('worker-killed');
  const rightsizing = workers.get('rightsizing');
  await rightsizing?.saysNext('"task-leased"');
  expect(await rightsizing?.kill('SIGKILL')).toBe('SIGKILL');
  fleet.start('worker', '--role', 'rightsizing');

  expect(await analysis).toBe(expected);
});

test('the store killed in the middle, and the coordinator with it: others take over', async () => {
  const analysis = fleet.analyze('store-killed');
  await coordinator.saysNext('"plan-made"');
  expect(fleet.ownerPid()).toBe(coordinator.pid);
  expect(await coordinator.kill('SIGKILL')).toBe('SIGKILL');
  fleet.start('coordinator');

  expect(await analysis).toBe(expected);
  expect(fleet.ownerPid()).not.toBe(coordinator.pid);
});
