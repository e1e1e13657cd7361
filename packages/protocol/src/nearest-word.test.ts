import { expect, test } from 'vitest';
import { nearestWord } from './nearest-word.ts';

const COMMANDS = ['analyze', 'verify', 'sessions', 'report', 'rules', 'config', '--out'];

test.each([
  ['analyse', 'analyze'],
  ['veryfi', 'verify'],
  ['session', 'sessions'],
  ['rpeort', 'report'],
  ['--ouput', '--out'],
  ['zzz', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%s is nearest to %s', (word, nearest) => {
  expect(nearestWord(word, COMMANDS)).toBe(nearest);
});
