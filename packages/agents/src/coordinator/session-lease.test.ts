import type { SessionRecord } from '@infrafabric/protocol';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { changeHeld, seizeSession } from './session-lease.ts';

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('session-lease');
});

test.each<[string, Partial<SessionRecord>]>([
  ['that another one took', { fence: 3 }],
  ['that moved to another state', { state: 'REPORTING' }],
])('a session %s since it was read is neither taken nor changed', async (_which, moved) => {
  const seen = await swarm.create({ state: 'RUNNING', fence: 2, boot_id: 'c-1' });
  await swarm.state.changeSession(swarm.session, { expect: {}, set: moved });
  const ports = swarm.coordinatorPorts('c-2');

  expect(await seizeSession(seen, ports)).toBe(undefined);
  await expect(changeHeld(seen, { phase: 'analysis' }, ports)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  expect(await swarm.record()).toStrictEqual({ ...seen, ...moved });
});

test('a session that is taken has a fence above the last', async () => {
  const seen = await swarm.create({ state: 'RUNNING', fence: 2, tick: 7, boot_id: 'c-1' });

  expect(await seizeSession(seen, swarm.coordinatorPorts('c-2'))).toMatchObject({ fence: 3, tick: 8, boot_id: 'c-2' });
});
