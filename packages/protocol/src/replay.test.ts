import { expect, test } from 'vitest';
import { openMessage } from './open.ts';
import { refuseReplay, replayMemory } from './replay.ts';
import { sealMessage } from './seal.ts';
import { aRequest, aSwarm, codeOfAsync } from './testing/index.ts';

const DAY = 86_400_000;

test('the same bytes again are a duplicate, other bytes under the id are a reuse', async () => {
  const swarm = aSwarm();
  const { coordinator, pricing } = swarm.agents;
  const draft = aRequest(swarm);
  const open = (sequence: number) =>
    openMessage(sealMessage({ ...draft, sequence, prev_hash: null }, coordinator.signer), pricing.context());
  const memory = replayMemory({ nowMs: () => swarm.nowMs });
  const verdict = (sequence: number): Promise<string> =>
    codeOfAsync(() => refuseReplay(open(sequence), memory, swarm.session));

  expect(await verdict(0)).toBe('no error');
  expect(await verdict(0)).toBe('BUS_DUPLICATE');
  expect(await verdict(1)).toBe('BUS_ID_REUSE');
  expect(await codeOfAsync(() => refuseReplay(open(0), memory, `${swarm.session}x`))).toBe('no error');
});

test('a message is remembered until its expiry, twice the tolerance and a day have passed', async () => {
  const swarm = aSwarm();
  const wire = swarm.agents.coordinator.sequence.seal(aRequest(swarm));
  const opened = openMessage(wire, swarm.agents.pricing.context());
  let nowMs = swarm.nowMs;
  const memory = replayMemory({ nowMs: () => nowMs });
  const until = swarm.nowMs + 3_600_000 + 120_000 + DAY;

  await refuseReplay(opened, memory, swarm.session);
  nowMs = until - 1;
  expect(await codeOfAsync(() => refuseReplay(opened, memory, swarm.session))).toBe('BUS_DUPLICATE');
  nowMs = until;
  expect(await codeOfAsync(() => refuseReplay(opened, memory, swarm.session))).toBe('no error');
});

test('memory holds what is live, not what ever passed', async () => {
  let nowMs = 0;
  const memory = replayMemory({ nowMs: () => nowMs });
  for (let count = 0; count < 20_000; count += 1) {
    nowMs = count;
    await memory.remember('s', `m${count}`, 'h', count + 100);
  }

  expect(memory.size).toBeLessThan(2000);
});
