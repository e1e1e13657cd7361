import { expect, test } from 'vitest';
import { answeredText } from './answered.ts';

const part = (finding: number, ok: number, unknown: number) => ({ rule: 'r', service: 's', finding, ok, unknown });

test.each([
  // 6 / 7 = 85.71 %
  [[part(1, 2, 1), part(0, 3, 0)], '85.7 % of the checks have an answer: 6 of 7.'],
  // 2999 / 3000 = 99.97 %
  [[part(0, 2999, 1)], '99.9 % of the checks have an answer: 2999 of 3000.'],
  [[part(0, 1, 0)], '100.0 % of the checks have an answer: 1 of 1.'],
  [[], 'No check was made.'],
])('of %o it says: %s', (coverage, text) => {
  expect(answeredText(coverage)).toBe(text);
});
