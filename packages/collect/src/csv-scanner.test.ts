import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvScanner, fieldOf } from './csv-scanner.ts';

const LIMITS = { maxRecordCharacters: 1_000, maxColumns: 50 };

/** What the scanner makes of a text that comes in pieces of `size` characters. */
function scan(text: string, size: number): string[][] | 'refused' {
  const rows: string[][] = [];
  const scanner = new CsvScanner((record) => {
    rows.push(Array.from({ length: record.fields }, (_, field) => fieldOf(record, field)));
  }, LIMITS);
  try {
    for (let at = 0; at < text.length; at += size) scanner.push(text.slice(at, at + size));
    scanner.end();
    return rows;
  } catch {
    return 'refused';
  }
}

function reference(text: string): string[][] | 'refused' {
  try {
    return parse(text, { skip_empty_lines: true });
  } catch {
    return 'refused';
  }
}

/** Texts of one kind of line end, for csv-parse takes a second kind for content. */
const texts = fc
  .tuple(
    fc.constantFrom('\n', '\r\n'),
    fc.array(fc.constantFrom('a', ',', '"', '""', '\n', 'ü', ' ', '1.5', '"x","y"'), { maxLength: 24 }),
  )
  .map(([end, parts]) => parts.join('').replaceAll('\n', end));

test('any text is read as csv-parse reads it, in pieces of any size', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 30 }), (text, size) => {
      expect(scan(text, size)).toStrictEqual(reference(text));
    }),
    { numRuns: 3_000 },
  );
});

test('any table that is written is read back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '€'), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (rows, size) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(scan(text, size)).toStrictEqual(rows);
      },
    ),
  );
});

test.each([
  [
    'CR alone, where the first line ends so',
    'a,b\r1,2\r3,4',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'CR alone inside a field of a file with LF',
    'a,b\n1\r2,3',
    [
      ['a', 'b'],
      ['1\r2', '3'],
    ],
  ],
  [
    'LF in a file with CRLF',
    'a,b\r\n1,2\n3,4',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['a record longer than allowed', `a\n${'x'.repeat(1_001)}`, 'refused'],
  ['a quoted record longer than allowed', `a\n"${'x'.repeat(1_001)}"`, 'refused'],
  ['more columns than allowed', `${'x,'.repeat(51)}y`, 'refused'],
])('%s', (_, text, rows) => {
  expect([scan(text, 1), scan(text, 7), scan(text, 5_000)]).toStrictEqual([rows, rows, rows]);
});
