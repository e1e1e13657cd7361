import type { DeadLetter, DeadLetters } from '@infrafabric/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sessionIdOf } from './records.ts';

/** Kept dead letters under test: for 14 days of a clock that begins at 0. */
export interface DeadLetterHarness {
  readonly letters: DeadLetters;
  readonly clock: { at: number };
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

const LETTER: DeadLetter = {
  sha256: 'a'.repeat(64),
  role: 'pricing',
  session_id: sessionIdOf(1),
  act: 'request',
  task_id: 'pricing/ebs/eu-central-1/0',
  dispatch: 2,
  code: 'UNEXPECTED',
  detail: 'TypeError: a bug of ours',
  receives: 3,
  at_ms: 1_000,
};
const ANSWER: DeadLetter = {
  sha256: 'b'.repeat(64),
  role: 'coordinator',
  session_id: sessionIdOf(2),
  act: 'inform',
  code: 'RECEIVE_COUNT',
  detail: '',
  receives: 10,
  at_ms: 2_000,
};

/** What every keeper of dead letters promises. */
export function testDeadLetters(name: string, make: () => Promise<DeadLetterHarness>): void {
  describe(`dead letters in ${name}`, () => {
    let harness: DeadLetterHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(async () => harness.close());

    test('keeps a letter once, with its wire, and lists the newest first', async () => {
      const { letters } = harness;
      const kept = [
        await letters.keep(LETTER, '{"a":1}'),
        await letters.keep({ ...LETTER, code: 'OTHER', at_ms: 9 }, '{"a":1}'),
        await letters.keep(ANSWER, '{"b":1}'),
      ];

      expect(kept).toStrictEqual([true, false, true]);
      expect(await letters.list()).toStrictEqual([ANSWER, LETTER]);
      expect(await letters.find(LETTER.sha256)).toStrictEqual({ letter: LETTER, wire: '{"a":1}' });
      expect(await letters.find('c'.repeat(64))).toBeUndefined();
    });

    test('notes what a letter was redriven as', async () => {
      const { letters } = harness;
      await letters.keep(LETTER, '{}');
      await letters.redriven(LETTER.sha256, sessionIdOf(3));

      expect(await letters.list()).toStrictEqual([{ ...LETTER, redriven_as: sessionIdOf(3) }]);
    });

    test('shows none that was purged', async () => {
      const { letters } = harness;
      await letters.keep(LETTER, '{}');
      await letters.keep(ANSWER, '{}');

      expect([await letters.purge(LETTER.sha256), await letters.purge(LETTER.sha256)]).toStrictEqual([true, false]);
      expect([await letters.list(), await letters.find(LETTER.sha256)]).toStrictEqual([[ANSWER], undefined]);
    });

    test('shows none after its retention, although its bytes are there', async () => {
      const { letters, clock } = harness;
      await letters.keep(LETTER, '{}');
      clock.at = 14 * DAY_MS;
      expect(await letters.list()).toStrictEqual([LETTER]);
      clock.at = 14 * DAY_MS + 1_000;

      expect([await letters.list(), await letters.find(LETTER.sha256)]).toStrictEqual([[], undefined]);
      expect(await letters.keep(LETTER, '{}')).toBe(false);
    });
  });
}
