import { expect, test } from 'vitest';
import { gapsOf, saidIn } from './said.ts';

test('counts what each sender said, by sender', () => {
  const messages = [
    { sender: 'b', sequence: 4 },
    { sender: 'a', sequence: 0 },
    { sender: 'b', sequence: 1 },
  ];

  expect(saidIn(messages)).toStrictEqual([
    { sender: 'a', count: 1, last_sequence: 0 },
    { sender: 'b', count: 2, last_sequence: 4 },
  ]);
});

test.each([
  ['nothing', [], [], []],
  ['a row from 0', [2, 0, 1], [], []],
  ['a row that begins late', [2], [0, 1], []],
  ['a hole', [0, 1, 4], [2, 3], []],
  ['a number twice', [0, 1, 1, 2], [], [1]],
])('names what is missing in %s', (_, sequences, missing, twice) => {
  expect(gapsOf(sequences)).toStrictEqual({ missing, twice });
});

test('names a bounded number of what is missing', () => {
  expect(gapsOf([2 ** 53 - 1]).missing).toHaveLength(1_000);
});
