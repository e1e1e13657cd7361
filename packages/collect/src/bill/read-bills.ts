import type { InputManifest } from '@infrafabric/finops';
import type { EvidenceSink } from '../estate/read-estate.ts';
import { checkCurrencies } from './currencies.ts';
import { storeRates } from './exchange-rates.ts';
import { type FoundBills, findBills } from './find-bills.ts';
import { checkOverlap } from './bill-overlap.ts';
import { countedLines } from './counted-lines.ts';
import type { ReadBill } from './destination.ts';
import { LineMemory } from './line-watch.ts';
import { readBill } from './read-bill.ts';

/** What a person gives: files or folders, and dated exchange rates such as `EUR=1.08@2026-11-01`. */
export interface BillInputs {
  readonly paths: readonly string[];
  readonly rates?: readonly string[] | undefined;
  /** False reads a bill of several currencies without rates, as whoever only compares its lines does. */
  readonly checksCurrencies?: boolean;
}

/**
 * Reads every file of a bill, checks it whole and stores what travels of it: all files together are one bill.
 *
 * Paths are files or folders; of an export of AWS only the latest snapshot of each period counts. A file with the bytes of
 * another counts once. The order of paths and of folder listings changes nothing.
 * @throws CollectError those of `findBills`, `readBill` and `storeRates`; `CURRENCY_MIXED` when lines are in several
 *   currencies and not each of them but USD has a rate; `BILL_OVERLAP` when two files hold the same charges.
 */
export async function readBills(
  inputs: BillInputs,
  sink: EvidenceSink,
): Promise<Pick<InputManifest, 'files' | 'unused'>> {
  const { rates: texts = [], checksCurrencies = true } = inputs;
  const found: FoundBills[] = [];
  for (const path of inputs.paths) found.push(await findBills(path));
  const rates = await storeRates(texts, sink);
  const read: ReadBill[] = [];
  const sorted = found.flatMap((one) => one.files).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const memory = new LineMemory(sorted.length);
  for (const file of sorted)
    read.push(await readBill(file, { sink, memory, rates: checksCurrencies ? texts : undefined }));
  const { once, repeated } = withoutCopies(read);
  checkOverlap(once);
  const files = await countedLines(once);
  const where = files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`;
  if (checksCurrencies)
    checkCurrencies(
      files.flatMap((file) => Object.keys(file.billed ?? {})),
      texts,
      where,
    );
  return { files: [...files, ...rates], unused: [...found.flatMap((one) => one.unused), ...repeated] };
}

function withoutCopies(read: readonly ReadBill[]): { once: ReadBill[]; repeated: InputManifest['unused'] } {
  const first = new Map<string, ReadBill>();
  const repeated = read
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .flatMap((file) => {
      const same = first.get(file.input.sha256);
      if (same === undefined) first.set(file.input.sha256, file);
      return same === undefined ? [] : [{ name: file.input.name, reason: `the same bytes as ${same.input.name}` }];
    });
  return { once: [...first.values()], repeated };
}

const nameOf = ({ input }: ReadBill): string => `${input.name}|${input.sha256}`;
