import { expect, test } from 'vitest';
import { cancelOf, closeOf, replyTo, type Reply, requestFor } from './compose.ts';
import { digestOf } from './hash.ts';
import { openMessage } from './open.ts';
import { ANY_RESULT, aRequest, aSwarm, aTask, anAnswer, anOpenedRequest } from './testing/index.ts';

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const HOUR = 3_600_000;
const UUID = '3f1c2c0e-6f0a-4d6e-9a54-0d3f6f7f1a11';
const header = { sender: coordinator.address, uuid: UUID, nowMs: 1000, session: swarm.session };

test('a request carries the task, its context and what may be read', () => {
  const task = aTask('pricing');

  expect(requestFor(task, { ...header, dispatch: 3, deadlineMs: 5000 })).toStrictEqual({
    if_bus: '1.0',
    performative: 'request',
    message_id: `if://message/${UUID}`,
    conversation_id: `if://conversation/${swarm.session}`,
    sender: coordinator.address,
    receiver: 'if://role/pricing',
    timestamp: 1000,
    expires_at: 1000 + HOUR,
    task: { task_id: 'pricing/ec2/eu-west-1/0', dispatch: 3, deadline: 5000 },
    content: {
      task: { type: 'pricing.judge', service: 'ec2', region: 'eu-west-1', input: task.input },
      context: { as_of: '2026-11-20' },
      evidence: task.evidence,
    },
    citation: null,
  });
});

test('an inform answers the exact request, to its sender, under the lease it was given', () => {
  const asked = anOpenedRequest(swarm);
  const draft = replyTo(
    asked,
    { performative: 'inform', fence: 4, ...ANY_RESULT },
    { sender: pricing.address, uuid: UUID, nowMs: 2000, ttlMs: 500 },
  );

  expect(draft).toStrictEqual({
    if_bus: '1.0',
    performative: 'inform',
    message_id: `if://message/${UUID}`,
    conversation_id: asked.message.conversation_id,
    sender: pricing.address,
    receiver: coordinator.address,
    timestamp: 2000,
    expires_at: 2500,
    in_reply_to: { message_id: asked.message.message_id, sha256: digestOf(asked.wire) },
    task: { task_id: 'pricing/ec2/eu-west-1/0', dispatch: 1, fence: 4 },
    ...ANY_RESULT,
  });
});

const REPLIES: Reply[] = [
  { performative: 'accept', fence: 1 },
  { performative: 'progress', fence: 1, content: { done: 1, total: 2 } },
  { performative: 'inform', fence: 1, ...ANY_RESULT },
  { performative: 'confirm', fence: 1, ...ANY_RESULT },
  { performative: 'disconfirm', fence: 1, ...ANY_RESULT },
  { performative: 'failure', fence: 1, content: { code: 'X', message: 'y' } },
  { performative: 'refuse', content: { code: 'X', message: 'y' } },
  { performative: 'not-understood', content: { code: 'X', message: 'y' } },
];

test.each(REPLIES)('a $performative is sealed by the worker and opened by the coordinator', (reply) => {
  const asked = anOpenedRequest(swarm);
  const wire = pricing.sequence.seal(anAnswer(swarm, asked, reply));
  const isOurRequest = (ref: { sha256: string }): boolean => ref.sha256 === asked.sha256;

  expect(openMessage(wire, coordinator.context({ isOurRequest })).message.performative).toBe(reply.performative);
});

test('cancel and close are sealed by the coordinator and opened by the role they are for', () => {
  const here = { ...header, nowMs: swarm.nowMs };
  const drafts = [
    cancelOf(aTask('pricing'), { code: 'USER', message: 'stopped' }, here),
    closeOf({ state: 'DONE', senders: [] }, 'if://role/pricing', here),
  ];

  expect(
    drafts.map((draft) => openMessage(coordinator.sequence.seal(draft), pricing.context()).message.performative),
  ).toStrictEqual(['cancel', 'close']);
});

test('a sender numbers and chains its messages in each conversation', () => {
  const fresh = aSwarm('sequence');
  const { sequence } = fresh.agents.coordinator;
  const other = { ...aRequest(fresh), conversation_id: 'if://conversation/other' };
  const first = sequence.seal(aRequest(fresh));
  const second = sequence.seal(aRequest(fresh));
  const elsewhere = sequence.seal(other);
  const chain = [first, second, elsewhere].map((wire) => {
    const { message } = openMessage(wire, fresh.agents.pricing.context());
    return [message.sequence, message.prev_hash];
  });

  expect(chain).toStrictEqual([
    [0, null],
    [1, digestOf(first)],
    [0, null],
  ]);
});

test('a message that cannot be sealed takes no number', () => {
  const { sequence } = aSwarm('numbers').agents.coordinator;
  const draft = aRequest(swarm);

  expect(() => sequence.seal({ ...draft, receiver: 'everyone' })).toThrow('expected a message of IF.bus 1');
  expect(sequence.position(draft.conversation_id)).toStrictEqual({ sequence: 0, prev_hash: null });
});

test('a forgotten conversation starts again', () => {
  const { sequence } = aSwarm('forget').agents.coordinator;
  const draft = aRequest(swarm);
  sequence.seal(draft);
  sequence.forget(draft.conversation_id);

  expect(sequence.position(draft.conversation_id)).toStrictEqual({ sequence: 0, prev_hash: null });
});
