import { CollectError } from '../errors.ts';

/** Beginnings of files that people name as a bill by mistake. Source: the formats' own specifications (magic numbers). */
const MAGIC: readonly { readonly format: string; readonly bytes: readonly number[] }[] = [
  { format: 'a zip archive or a spreadsheet (xlsx)', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { format: 'an old spreadsheet (xls)', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { format: 'a PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { format: 'a gzip file', bytes: [0x1f, 0x8b] },
  { format: 'a zstd file', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { format: 'a Parquet file', bytes: [0x50, 0x41, 0x52, 0x31] },
  { format: 'a SQLite file', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
  { format: 'HTML or XML, such as a login page', bytes: [0x3c] },
  { format: 'JSON', bytes: [0x7b] },
  { format: 'JSON', bytes: [0x5b] },
];

/** The byte order mark of UTF-8. */
const MARK = [0xef, 0xbb, 0xbf];

/**
 * Refuses what is certainly not a CSV file, by its first bytes after a byte order mark and white space.
 *
 * @throws CollectError `INPUT_FORMAT_UNKNOWN`, with the bytes in hexadecimal.
 */
export function checkBillFormat(bytes: Uint8Array, name: string): void {
  const start = startOfText(bytes);
  const known = MAGIC.find((magic) => magic.bytes.every((byte, index) => bytes[start + index] === byte));
  if (known === undefined) return;
  const shown = Buffer.from(bytes.subarray(start, start + 8))
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
  throw new CollectError('INPUT_FORMAT_UNKNOWN', {
    message: `expected a FOCUS 1.0 CSV file, got ${known.format} (first bytes ${shown})`,
    where: name,
    fix: 'export the bill as uncompressed FOCUS 1.0 CSV',
  });
}

function startOfText(bytes: Uint8Array): number {
  let start = MARK.every((byte, index) => bytes[index] === byte) ? MARK.length : 0;
  while (start < bytes.length && WHITE_SPACE.has(bytes[start] ?? 0)) start += 1;
  return start;
}

const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
