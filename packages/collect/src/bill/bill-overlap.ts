import { CollectError } from '../errors.ts';
import type { ReadBill } from './destination.ts';
import type { BillCoverage } from './line-watch.ts';

/** Two files with this share of the smaller's lines in common are the same charges twice: snapshots of one month. */
const MOST_IN_COMMON = 0.5;

/**
 * Refuses files that hold the same charges twice.
 *
 * Two files of the same format are parts of one export, unless half of the lines of the smaller stand in the larger too: then
 * they are snapshots of the same month. Two files of different formats, or one as text and one as Parquet, are two exports:
 * they must not be about the same account in the same billing period, unless both name invoices and share none.
 * @throws CollectError `BILL_OVERLAP` with both files.
 */
export function checkOverlap(read: readonly ReadBill[]): void {
  const byKey = new Map<string, ReadBill[]>();
  for (const file of read) {
    for (const key of file.coverage.invoices.keys()) {
      const others = byKey.get(key) ?? [];
      const other = others.find((one) => isAnotherExport(one.coverage, file.coverage, key));
      if (other !== undefined) throw sameMonth(other, file, key);
      byKey.set(key, [...others.filter((one) => kindOf(one.coverage) !== kindOf(file.coverage)), file]);
    }
  }
  checkSnapshots(read);
}

const kindOf = ({ format, packing }: BillCoverage): string => `${format} ${packing}`;

function isAnotherExport(one: BillCoverage, other: BillCoverage, key: string): boolean {
  if (kindOf(one) === kindOf(other)) return false;
  const [ours, theirs] = [named(one, key), named(other, key)];
  return ours.length === 0 || theirs.length === 0 || ours.some((invoice) => theirs.includes(invoice));
}

const named = ({ invoices }: BillCoverage, key: string): string[] =>
  [...(invoices.get(key) ?? [])].filter((invoice) => invoice !== '');

function checkSnapshots(read: readonly ReadBill[]): void {
  const holders = new Map<string, number[]>();
  const common = new Map<string, number>();
  for (const [index, { coverage }] of read.entries()) {
    for (const hash of coverage.sample.hashes) {
      const known = holders.get(`${kindOf(coverage)} ${hash}`) ?? [];
      for (const other of known) common.set(`${other} ${index}`, (common.get(`${other} ${index}`) ?? 0) + 1);
      holders.set(`${kindOf(coverage)} ${hash}`, [...known, index]);
    }
  }
  for (const [pair, shared] of common) {
    const [one, other] = pair.split(' ').map((index) => read[Number(index)]);
    if (one !== undefined && other !== undefined && shared >= MOST_IN_COMMON * comparable(one, other))
      throw sameLines(one, other);
  }
}

/** How many of the sampled lines of the smaller of two files could be in both samples. */
function comparable(one: ReadBill, other: ReadBill): number {
  const [a, b] = [one.coverage.sample, other.coverage.sample];
  const limit = Math.min(
    ...[a, b].map(({ hashes, isCut }) => (isCut ? (hashes.at(-1) ?? 0) : Number.POSITIVE_INFINITY)),
  );
  return Math.min(...[a, b].map(({ hashes }) => hashes.filter((hash) => hash <= limit).length));
}

function sameMonth(one: ReadBill, other: ReadBill, key: string): CollectError {
  const [account, period] = key.split('|');
  return new CollectError('BILL_OVERLAP', {
    message:
      `expected each account and billing period in one export, got account ${account === '' ? 'unnamed' : account} in ${period} ` +
      `as ${kindOf(one.coverage)} and as ${kindOf(other.coverage)}`,
    where: `${one.input.name} and ${other.input.name}`,
    fix: 'give one of the two; both hold the same charges',
  });
}

function sameLines(one: ReadBill, other: ReadBill): CollectError {
  return new CollectError('BILL_OVERLAP', {
    message:
      'expected each line in one file, got two files that share most of their lines, as two snapshots of a month do',
    where: `${one.input.name} and ${other.input.name}`,
    fix: 'give the later one alone, or the folder of the export with its manifest',
  });
}

/** The refusal of line items that stand in two files, where lines were merged and cannot be taken out any more. */
export function sameLineItems(again: number, where: string): CollectError {
  return new CollectError('BILL_OVERLAP', {
    message: `expected each line item in one file, got ${again} that stand in two`,
    where,
    fix: 'give each part of the export once',
  });
}
