import { expect, test } from 'vitest';
import { requestFor } from './compose.ts';
import { openMessage } from './open.ts';
import { aSwarm, aTask } from './testing/index.ts';

test('a sealed request opens at the role it is addressed to', () => {
  const swarm = aSwarm();
  const { coordinator, pricing } = swarm.agents;
  const draft = requestFor(aTask(), {
    sender: coordinator.address,
    uuid: swarm.uuid(),
    nowMs: swarm.nowMs,
    session: swarm.session,
    dispatch: 1,
    deadlineMs: swarm.nowMs + 1000,
  });

  const opened = openMessage(coordinator.sequence.seal(draft), pricing.context());

  const { signature: _, ...said } = opened.message;
  expect(said).toStrictEqual({ ...draft, sequence: 0, prev_hash: null });
});
