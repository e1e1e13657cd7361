import type { InputFile, InputManifest } from '@infrafabric/finops';
import type { EvidenceSink } from '../estate/read-estate.ts';
import { checkCurrencies } from './currencies.ts';
import { storeRates } from './exchange-rates.ts';
import { type FoundBills, findBills } from './find-bills.ts';
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
 *   currencies and not each of them but USD has a rate.
 */
export async function readBills(
  inputs: BillInputs,
  sink: EvidenceSink,
): Promise<Pick<InputManifest, 'files' | 'unused'>> {
  const { rates: texts = [], checksCurrencies = true } = inputs;
  const found: FoundBills[] = [];
  for (const path of inputs.paths) found.push(await findBills(path));
  const rates = await storeRates(texts, sink);
  const read: InputFile[] = [];
  for (const file of found.flatMap((one) => one.files))
    read.push(await readBill(file, { sink, rates: checksCurrencies ? texts : undefined }));
  const { files, repeated } = withoutCopies(read);
  const where = files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`;
  if (checksCurrencies)
    checkCurrencies(
      files.flatMap((file) => Object.keys(file.billed ?? {})),
      texts,
      where,
    );
  return { files: [...files, ...rates], unused: [...found.flatMap((one) => one.unused), ...repeated] };
}

function withoutCopies(read: readonly InputFile[]): { files: InputFile[]; repeated: InputManifest['unused'] } {
  const first = new Map<string, InputFile>();
  const sorted = read.toSorted((a, b) => (`${a.name}|${a.sha256}` < `${b.name}|${b.sha256}` ? -1 : 1));
  const repeated = sorted.flatMap((file) => {
    const same = first.get(file.sha256);
    if (same === undefined) first.set(file.sha256, file);
    return same === undefined ? [] : [{ name: file.name, reason: `the same bytes as ${same.name}` }];
  });
  return { files: [...first.values()], repeated };
}
