import type { InputFile } from '@infrafabric/finops';
import { csvTables } from '../csv.ts';
import { CollectError } from '../errors.ts';
import type { BillFile } from './bill-file.ts';
import type { MergedBill } from './bill-merger.ts';
import { reconcile } from './bill-totals.ts';
import { checkCurrencies } from './currencies.ts';
import type { Destination } from './destination.ts';
import { dayText, resourceText } from './merged-csv.ts';

/** The largest part of a merged bill that travels, as any evidence. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reconciles a merged bill with its file and stores both parts; the file itself is named by its hash and left where it is.
 * A bill that names no resource has one part.
 *
 * @throws CollectError `CURRENCY_MIXED`, `RECONCILIATION_FAILED`, `INPUT_TOO_LARGE` when even merged it is too much.
 */
export async function storeMerged(
  file: BillFile,
  { merged, sha256 }: { readonly merged: MergedBill; readonly sha256: string },
  { sink, rates }: Destination,
): Promise<InputFile> {
  checkCurrencies(Object.keys(merged.billed), rates, file.name);
  const [days, resources] = [dayText(merged), resourceText(merged)];
  if (Math.max(days.bytes.length, resources.bytes.length) > MAX_BYTES) throw tooLarge(file.name);
  reconcile(merged.billed, csvTables(days.bytes, file.name), file.name);
  const evidence = await sink.put(days.bytes);
  const byResource = merged.byResource.size === 0 ? evidence : await sink.put(resources.bytes);
  return {
    kind: 'bill',
    name: file.name,
    sha256,
    bytes: file.bytes,
    evidence: evidence.id,
    resources: byResource.id,
    redactions: days.redactions + resources.redactions,
    format: merged.header.format,
    media_type: 'text/csv',
    billed: merged.billed,
  };
}

function tooLarge(name: string): CollectError {
  return new CollectError('INPUT_TOO_LARGE', {
    message: `expected at most ${MAX_BYTES} bytes once lines are merged by day, got more`,
    where: name,
    fix: 'export one month, or one account, at a time',
  });
}
