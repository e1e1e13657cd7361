import { CollectError } from '../errors.ts';

/** How the bytes of a bill are packed. */
export type BillKind = 'csv' | 'gzip' | 'zip' | 'parquet';

interface Magic<Is extends string = string> {
  readonly is: Is;
  readonly bytes: readonly number[];
}

/** Beginnings of the packings we read. Sources: RFC 1952 section 2.3.1; PKWARE APPNOTE 4.3.7; Apache Parquet format, "File format". */
const READ: readonly Magic<BillKind>[] = [
  { is: 'gzip', bytes: [0x1f, 0x8b] },
  { is: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { is: 'parquet', bytes: [0x50, 0x41, 0x52, 0x31] },
];

/** Beginnings of files that people name as a bill by mistake. Source: the formats' own specifications (magic numbers). */
const REFUSED: readonly Magic[] = [
  { is: 'an empty zip archive', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { is: 'an old spreadsheet (xls)', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { is: 'a PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { is: 'a zstd file', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { is: 'a SQLite file', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
  { is: 'HTML or XML, such as a login page', bytes: [0x3c] },
  { is: 'JSON', bytes: [0x7b] },
  { is: 'JSON', bytes: [0x5b] },
];

/** The byte order mark of UTF-8. */
const MARK = [0xef, 0xbb, 0xbf];

/** How many bytes of a file `billKind` wants to see. */
export const KIND_BYTES = 512;

/**
 * How a bill is packed, by its first bytes; what begins like nothing we know is taken for CSV.
 *
 * @throws CollectError `INPUT_FORMAT_UNKNOWN`, with the bytes in hexadecimal, for what is certainly no bill.
 */
export function billKind(start: Uint8Array, name: string): BillKind {
  const read = READ.find((magic) => beginsWith(start, magic, 0));
  if (read !== undefined) return read.is;
  checkCsvStart(start, name);
  return 'csv';
}

/** Refuses what is certainly not CSV, by its first bytes after a byte order mark and white space; fails like `billKind`. */
export function checkCsvStart(bytes: Uint8Array, name: string): void {
  const at = startOfText(bytes);
  const known = [...READ, ...REFUSED].find((magic) => beginsWith(bytes, magic, at));
  if (known === undefined) return;
  const shown = Buffer.from(bytes.subarray(at, at + 8))
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
  throw new CollectError('INPUT_FORMAT_UNKNOWN', {
    message: `expected a bill as CSV, gzip, zip or Parquet, got ${known.is} (first bytes ${shown})`,
    where: name,
    fix: 'export the bill as FOCUS or as a Cost and Usage Report, in CSV, CSV.gz, CSV in zip, or Parquet',
  });
}

const beginsWith = (bytes: Uint8Array, magic: Magic, at: number): boolean =>
  magic.bytes.every((byte, index) => bytes[at + index] === byte);

function startOfText(bytes: Uint8Array): number {
  let start = MARK.every((byte, index) => bytes[index] === byte) ? MARK.length : 0;
  while (start < bytes.length && WHITE_SPACE.has(bytes[start] ?? 0)) start += 1;
  return start;
}

const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
