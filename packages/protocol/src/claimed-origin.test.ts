import { expect, test } from 'vitest';
import { claimedOrigin } from './claimed-origin.ts';
import { aRequest, aSwarm } from './testing/index.ts';

const swarm = aSwarm('claimed');
const { coordinator } = swarm.agents;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a readable wire tells its header and key, and nothing of its content', () => {
  const draft = aRequest(swarm);
  const wire = coordinator.sequence.seal(draft);

  expect(claimedOrigin(bytes(wire))).toStrictEqual({
    performative: 'request',
    sender: coordinator.address,
    receiver: 'if://role/pricing',
    conversation_id: `if://conversation/${swarm.session}`,
    message_id: draft.message_id,
    timestamp: '1795132800000',
    key_id: coordinator.signer.keyId,
  });
});

test.each([
  ['no JSON', '{', {}],
  ['bytes beyond the limit', `{"sender":"${'x'.repeat(300_000)}"}`, {}],
  ['members of other types', '{"sender":{"a":1},"receiver":"me","signature":[]}', { receiver: 'me' }],
  ['a long sender', `{"sender":"${'x'.repeat(500)}"}`, { sender: 'x'.repeat(200) }],
])('%s tells what can be read', (_, text, told) => {
  expect(claimedOrigin(bytes(text))).toStrictEqual(told);
});
