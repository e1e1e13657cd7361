import { expect, test } from 'vitest';
import type { Delivery } from './bus-driver.ts';
import { BusError } from './errors.ts';
import { backoffMs, type Handling, settle, type Verdict } from './settle.ts';

const later = (retryAfterMs?: number) => new BusError('THROTTLED', { message: 'slow down', retryAfterMs });
const never = new BusError('REJECTED', { message: 'no' });
const reason = { code: 'TASK_UNSUPPORTED', message: 'not mine' };
const fail = (error: unknown) => async (): Promise<never> => {
  throw error;
};

/** Settles one delivery and answers what happened to it, in order. */
async function settled(over: Partial<Handling<string>>, receiveCount = 1) {
  const did: unknown[][] = [];
  const tell =
    (what: string) =>
    async (...args: unknown[]) =>
      void did.push([what, ...args]);
  const delivery: Delivery = {
    body: 'wire',
    receiveCount,
    ack: tell('delete'),
    retryAfter: tell('hide'),
    deadLetter: tell('dead-letter'),
    extend: async () => true,
  };
  const handling: Handling<string> = {
    open: (body) => `opened ${body}`,
    handle: async (opened) => void did.push(['handle', opened]),
    answer: tell('answer'),
    giveUp: tell('give up'),
    quarantine: tell('quarantine'),
    ...over,
  };
  const outcome = await settle(delivery, handling);
  return { outcome, did };
}

test('deletes what was handled, after it was handled', async () => {
  expect(await settled({})).toStrictEqual({
    outcome: { outcome: 'done' },
    did: [['handle', 'opened wire'], ['delete']],
  });
});

test('deletes a duplicate', async () => {
  expect(await settled({ handle: async () => ({ verdict: 'duplicate' }) })).toStrictEqual({
    outcome: { outcome: 'duplicate' },
    did: [['delete']],
  });
});

test('sets aside what its handler will not have, and answers nobody', async () => {
  expect(await settled({ handle: async () => ({ verdict: 'quarantine', reason }) })).toStrictEqual({
    outcome: { outcome: 'quarantined', reason },
    did: [['quarantine', 'wire', reason], ['delete']],
  });
});

test.each([
  ['refuse', 'refused'],
  ['not-understood', 'not-understood'],
] as const)('answers %s before it deletes', async (verdict, outcome) => {
  expect(await settled({ handle: async () => ({ verdict, reason }) })).toStrictEqual({
    outcome: { outcome, reason },
    did: [['answer', 'opened wire', verdict, reason], ['delete']],
  });
});

test.each([
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [6, 32_000],
  [7, 60_000],
  [9, 60_000],
])('hides a message that may pass later: receive %i waits %i ms', async (receiveCount, afterMs) => {
  const { outcome, did } = await settled({ handle: fail(later()) }, receiveCount);

  expect(did).toStrictEqual([['hide', afterMs]]);
  expect(outcome).toStrictEqual({ outcome: 'retried', reason: { code: 'THROTTLED', message: 'slow down' }, afterMs });
  expect(backoffMs(receiveCount)).toBe(afterMs);
});

test('waits as long as the error asks', async () => {
  expect((await settled({ handle: fail(later(7_500)) })).did).toStrictEqual([['hide', 7_500]]);
  expect((await settled({ handle: fail(later(1e12)) })).did).toStrictEqual([['hide', 43_200_000]]);
});

test('hides a message whose handler asks for another time', async () => {
  const held = { verdict: 'retry', reason, afterMs: 3_000 } as const;

  expect((await settled({ handle: async () => held })).did).toStrictEqual([['hide', 3_000]]);
  expect((await settled({ handle: async () => ({ verdict: 'retry', reason }) }, 2)).did).toStrictEqual([
    ['hide', 2_000],
  ]);
});

test.each([
  ['an error that passes later, receives spent', later(), 10, { code: 'THROTTLED', message: 'slow down' }],
  ['an error that never passes', never, 1, { code: 'REJECTED', message: 'no' }],
  ['a bug', new RangeError('boom'), 1, { code: 'UNEXPECTED', message: 'RangeError: boom' }],
  ['something that is no error', 'boom', 1, { code: 'UNEXPECTED', message: 'string' }],
])('moves to the dead letters: %s', async (_what, error, receiveCount, why) => {
  expect(await settled({ handle: fail(error) }, receiveCount)).toStrictEqual({
    outcome: { outcome: 'dead-lettered', reason: why },
    did: [
      ['give up', 'opened wire', why],
      ['dead-letter', why.code, why.message],
    ],
  });
});

const refused = (code: string) => Object.assign(new BusError('REJECTED', { message: 'unverifiable' }), { code });

test.each([
  ['an unverifiable message', 'BUS_SIGNATURE_INVALID', 1],
  ['an unknown key seen three times', 'BUS_KEY_UNKNOWN', 3],
])('quarantines and deletes %s, and answers nobody', async (_what, code, receiveCount) => {
  const why = { code, message: 'unverifiable' };

  expect(await settled({ open: fail(refused(code)) }, receiveCount)).toStrictEqual({
    outcome: { outcome: 'quarantined', reason: why },
    did: [['quarantine', 'wire', why], ['delete']],
  });
});

test('quarantines what makes the verifier itself fail', async () => {
  const { outcome } = await settled({ open: fail(new TypeError('x')) });

  expect(outcome).toStrictEqual({ outcome: 'quarantined', reason: { code: 'UNEXPECTED', message: 'TypeError: x' } });
});

test.each([
  ['a key that may be on its way', refused('BUS_KEY_UNKNOWN'), 2],
  ['a replay memory that is away', later(), 1],
])('looks again at a message for %s', async (_what, error, receiveCount) => {
  const { did } = await settled({ open: fail(error) }, receiveCount);

  expect(did).toStrictEqual([['hide', backoffMs(receiveCount)]]);
});

test.each([
  ['answer', { answer: fail(later()), handle: async (): Promise<Verdict> => ({ verdict: 'refuse', reason }) }],
  ['quarantine', { quarantine: fail(later()), open: fail(never) }],
  ['giveUp', { giveUp: fail(later()), handle: fail(never) }],
])('leaves the message in the queue when %s fails', async (_what, over) => {
  const { outcome, did } = await settled(over);

  expect(outcome).toStrictEqual({ outcome: 'unsettled', reason: { code: 'THROTTLED', message: 'slow down' } });
  expect(did).toStrictEqual([]);
});
