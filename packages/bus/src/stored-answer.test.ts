import { cancelOf, digestOf, replyTo, requestFor } from '@infrafabric/protocol';
import { aSwarm, aTask, type Swarm } from '@infrafabric/protocol/testing';
import { expect, test } from 'vitest';
import { openRecorded, openStoredAnswer } from './stored-answer.ts';

const DAY_MS = 86_400_000;

/** An order and the worker's inform, sealed as they are stored. */
function exchange(swarm: Swarm, dispatch = 1, uuid = swarm.uuid()) {
  const { coordinator, pricing } = swarm.agents;
  const header = (sender: string) => ({ sender, uuid: swarm.uuid(), nowMs: swarm.nowMs });
  const requestWire = coordinator.sequence.seal(
    requestFor(aTask('pricing'), {
      ...header(coordinator.address),
      uuid,
      session: swarm.session,
      dispatch,
      deadlineMs: swarm.nowMs + 1,
    }),
  );
  const message = JSON.parse(requestWire);
  const sha256 = `sha256:${'c'.repeat(64)}`;
  const answer = replyTo(
    { message, wire: requestWire, sha256: digestOf(requestWire) },
    {
      performative: 'inform',
      fence: 1,
      content: { result: { sha256, size: 7, media_type: 'application/json' } },
      citation: { source_url: 'if://evidence/sha256/x', evidence_hash: sha256 },
    },
    header(pricing.address),
  );
  return { requestWire, wire: pricing.sequence.seal(answer) };
}

const swarm = aSwarm('stored');
const { requestWire, wire } = exchange(swarm);
const binding = { session: swarm.session, requestWire, role: 'pricing' } as const;
const context = { trust: swarm.trust, nowMs: swarm.nowMs };
const both = { request: JSON.parse(requestWire), answer: JSON.parse(wire) };

test('opens the answer to exactly the stored request', () => {
  expect(openStoredAnswer(wire, binding, context)).toStrictEqual(both);
});

test('opens it long after it expired', () => {
  expect(openStoredAnswer(wire, binding, { ...context, nowMs: swarm.nowMs + 60 * DAY_MS })).toStrictEqual(both);
});

test('opens it for a reader whose clock is an hour behind that of its sender', () => {
  expect(openStoredAnswer(wire, binding, { ...context, nowMs: swarm.nowMs - 3_600_000 })).toStrictEqual(both);
});

test.each([
  ['an answer to another request', { ...binding, requestWire: exchange(swarm, 2).requestWire }, wire],
  ['a changed request', { ...binding, requestWire: requestWire.replace('eu-west-1', 'eu-west-2') }, wire],
  ['a changed answer', binding, wire.replace('"fence":1', '"fence":2')],
  ['another role', { ...binding, role: 'rightsizing' as const }, wire],
  ['another session', { ...binding, session: aSwarm('other').session }, wire],
  ['the request as its own answer', binding, requestWire],
  ['no message at all', binding, 'null'],
])('finds nothing in %s', (_what, bound, stored) => {
  expect(openStoredAnswer(stored, bound, context)).toBeUndefined();
});

test('finds nothing under a key that is revoked by now, whatever time the message claims', () => {
  const revokedAt = swarm.nowMs + 30 * DAY_MS;
  const revoked = aSwarm('stored', (key, role) =>
    role === 'pricing' ? { ...key, status: 'revoked', revoked_at: revokedAt } : key,
  );
  const opened = (nowMs: number) => openStoredAnswer(wire, binding, { trust: revoked.trust, nowMs });

  expect(opened(revokedAt - 1)).toBeDefined();
  expect(opened(revokedAt)).toBeUndefined();
});

test('finds nothing in an answer to other bytes under the same message id', () => {
  const uuid = swarm.uuid();
  const first = exchange(swarm, 1, uuid);
  const second = exchange(swarm, 2, uuid);

  expect(openStoredAnswer(first.wire, { ...binding, requestWire: first.requestWire }, context)).toBeDefined();
  expect(openStoredAnswer(first.wire, { ...binding, requestWire: second.requestWire }, context)).toBeUndefined();
});

test('finds nothing in the word of a role that was not asked', () => {
  const { rightsizing, pricing } = swarm.agents;
  const request = { message: JSON.parse(requestWire), wire: requestWire, sha256: digestOf(requestWire) };
  const opened = ({ address: sender, sequence }: typeof pricing) => {
    const said = { performative: 'not-understood', content: { code: 'X', message: 'x' } } as const;
    const answer = sequence.seal(replyTo(request, said, { sender, uuid: swarm.uuid(), nowMs: swarm.nowMs }));
    return openStoredAnswer(answer, binding, context);
  };

  expect(opened(pricing)).toBeDefined();
  expect(opened(rightsizing)).toBeUndefined();
});

test('finds nothing in an answer to what was no order', () => {
  const { coordinator, pricing } = swarm.agents;
  const header = (sender: string) => ({ sender, uuid: swarm.uuid(), nowMs: swarm.nowMs });
  const task = { task_id: aTask('pricing').task_id, role: 'pricing' } as const;
  const why = { code: 'CANCELLED', message: 'x' };
  const cancel = coordinator.sequence.seal(
    cancelOf(task, why, { ...header(coordinator.address), session: swarm.session }),
  );
  const { task: asked } = both.request;
  const request = { message: { ...JSON.parse(cancel), task: asked }, wire: cancel, sha256: digestOf(cancel) };
  const said = { performative: 'not-understood', content: { code: 'X', message: 'x' } } as const;
  const answer = pricing.sequence.seal(replyTo(request, said, header(pricing.address)));

  expect(openRecorded(cancel, swarm.session, context)).toBeDefined();
  expect(openRecorded(answer, swarm.session, context)).toBeDefined();
  expect(openStoredAnswer(answer, { ...binding, requestWire: cancel }, context)).toBeUndefined();
});

test('opens what is on record as it was said, whoever it is for', () => {
  expect(openRecorded(requestWire, swarm.session, context)).toStrictEqual(JSON.parse(requestWire));
  expect(openRecorded(wire, swarm.session, context)).toStrictEqual(JSON.parse(wire));
});

test.each([
  ['no message', 'null'],
  ['a changed message', wire.replace('"fence":1', '"fence":2')],
  ['a message of another session', exchange(aSwarm('other')).wire],
])('finds nobody who said %s', (_what, recorded) => {
  expect(openRecorded(recorded, swarm.session, context)).toBeUndefined();
});
