import { describe, expect, test } from 'vitest';
import { parseCsv } from './csv.ts';
import { CollectError } from './errors.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function refusal(input: Uint8Array): { code: string; where: string | undefined } {
  try {
    parseCsv(input, 'bill.csv');
  } catch (error) {
    if (error instanceof CollectError) return { code: error.code, where: error.where };
    throw error;
  }
  return { code: 'accepted', where: undefined };
}

describe('a CSV file', () => {
  test.each([
    [
      'plain rows',
      'a,b\n1,2\n3,4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['a byte order mark and CRLF', '\ufeffa,b\r\n1,2\r\n', [['1', '2']]],
    ['quotes, commas and line breaks in a field', 'a,b\n"x, ""y""\nz",2\n', [['x, "y"\nz', '2']]],
    ['empty lines, which are not records', 'a,b\n\n1,2\n\n\n', [['1', '2']]],
    ['an empty field and no last line end', 'a,b\n,2', [['', '2']]],
  ])('with %s is read', (_, text, rows) => {
    expect(parseCsv(bytes(text))).toStrictEqual({ columns: ['a', 'b'], rows });
  });

  test.each([
    ['no byte', bytes(''), 'INPUT_EMPTY', 'bill.csv'],
    ['only a header', bytes('a,b\n'), 'INPUT_NO_ROWS', 'bill.csv'],
    ['only empty lines', bytes('\n\n'), 'INPUT_NO_ROWS', 'bill.csv'],
    ['a short row', bytes('a,b\n1,2\n3\n'), 'CSV_ROW_SHAPE', 'bill.csv, row 2'],
    ['a long row', bytes('a,b\n\n1,2\n3,4,5\n'), 'CSV_ROW_SHAPE', 'bill.csv, row 2'],
    ['a quote that never closes', bytes('a,b\n"1,2\n3,4\n'), 'CSV_ROW_SHAPE', 'bill.csv, row 1'],
    ['text after a closing quote', bytes('a,b\n"1"x,2\n'), 'CSV_ROW_SHAPE', 'bill.csv, row 1'],
    ['a quote that never closes in the header', bytes('a,"b\n'), 'CSV_ROW_SHAPE', 'bill.csv, the header'],
    ['one column twice', bytes('a,b,a\n1,2,3\n'), 'SCHEMA_COLUMN_DUPLICATE', 'bill.csv, the header'],
    ['UTF-16 little endian', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'INPUT_ENCODING', 'bill.csv, byte 0'],
    ['UTF-16 big endian', Uint8Array.of(0xfe, 0xff, 0, 0x61), 'INPUT_ENCODING', 'bill.csv, byte 0'],
    ['UTF-16 without a mark', Uint8Array.of(0x61, 0, 0x2c, 0), 'INPUT_ENCODING', 'bill.csv, byte 1'],
    ['Latin-1', Uint8Array.of(0x61, 0x0a, 0x4d, 0xfc, 0x6c, 0x6c), 'INPUT_ENCODING', 'bill.csv, byte 3'],
    ['UTF-8 cut in a character', Uint8Array.of(0x61, 0x0a, 0xe2, 0x82), 'INPUT_ENCODING', 'bill.csv, byte 2'],
    [
      'more columns than we take',
      bytes(`${'x,'.repeat(2000)}y\n${'1,'.repeat(2000)}2\n`),
      'INPUT_TOO_LARGE',
      'bill.csv',
    ],
    ['a row of over 1 MiB', bytes(`a\n${'x'.repeat(1024 * 1024 + 2)}\n`), 'INPUT_TOO_LARGE', 'bill.csv'],
  ])('with %s is refused', (_, input, code, where) => {
    expect(refusal(input)).toStrictEqual({ code, where });
  });
});
