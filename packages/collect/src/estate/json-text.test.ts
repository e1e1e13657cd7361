import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { sharedData } from '@infrafabric/protocol/testing';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../testing/estate-folder.ts';
import { jsonDefect } from './json-defect.ts';
import { parseJson } from './json-text.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('text that is not JSON', () => {
  test.each([
    ['<html>', 0],
    ['', 0],
    ['{"a":1', 6],
    ['{"a":1}}', 7],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['[1,,2]', 3],
    ['[01]', 2],
    ['["\\x"]', 1],
    ['["a', 1],
    ['[1 }', 3],
    ['{"\u00fc": nul', 7],
  ])('%j is refused at byte %i', async (text, byte) => {
    expect(await refusalOf(() => parseJson(text, 'a.json', 9))).toStrictEqual({
      code: 'INPUT_TRUNCATED',
      where: `a.json, byte ${byte}`,
    });
  });

  test('has a defect exactly when JSON.parse refuses it', () => {
    const text = fc.oneof(
      fc.json(),
      fc.stringMatching(/^[[\]{}":,0-9aeltrufns.\\ -]{0,12}$/),
      fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', '\\', '0')).map(([json, at, extra]) => {
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + extra + json.slice(cut + 1);
      }),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        expect(jsonDefect(candidate) === undefined).toBe(isJson(candidate));
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['{"a":[{"b":"[[[["}]}', 3, 'accepted'],
  ['{"a":[{"b":"\\"[[[["}]}', 3, 'accepted'],
  ['{"a":[{"b":"[[[["}]}', 2, 'INPUT_TOO_DEEP'],
  ['['.repeat(100_000), 100, 'INPUT_TOO_DEEP'],
])('%j with a limit of %i levels is %s', async (text, maxDepth, code) => {
  expect((await refusalOf(() => parseJson(text, 'a.json', maxDepth))).code).toBe(code);
});

const suite = sharedData('data/vectors/JSONTestSuite/test_parsing', process.env);

test.skipIf(suite.missing)(
  `a defect is found in every text of JSONTestSuite that JSON.parse refuses${suite.note}`,
  () => {
    const texts = readdirSync(suite.path).map((name) => ({ name, text: readFileSync(join(suite.path, name), 'utf8') }));
    const differing = texts.filter(({ text }) => (jsonDefect(text) === undefined) !== isJson(text));
    expect(differing.map(({ name }) => name)).toStrictEqual([]);
    expect(texts.length).toBeGreaterThan(300);
  },
);
