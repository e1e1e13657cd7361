import { expect, test } from 'vitest';
import { conversationId } from './ids.ts';
import { Sequence } from './sequence.ts';
import { aRequest, aSwarm } from './testing/index.ts';

test('the place in a conversation is kept while an instance speaks in a thousand, and the oldest goes first', () => {
  const swarm = aSwarm();
  const sequence = new Sequence(swarm.agents.coordinator.signer);
  const conversation = (n: number): string =>
    conversationId(`s-01936000-0000-7000-8000-${String(n).padStart(12, '0')}`);
  const draft = aRequest(swarm);
  const say = (n: number): string => sequence.seal({ ...draft, conversation_id: conversation(n) });
  for (let n = 1; n <= 1_000; n += 1) say(n);
  say(1);
  say(1_001);

  expect([1, 2, 3, 1_001].map((n) => sequence.position(conversation(n)).sequence)).toStrictEqual([2, 0, 1, 1]);
});
