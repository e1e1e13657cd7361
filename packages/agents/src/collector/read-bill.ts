import { billCitations, billResult, type BillResult, type CitedBill, type InputFile } from '@infrafabric/finops';
import type { JsonObject } from '@infrafabric/protocol';
import type { Desk } from '../desk.ts';

/** Reads what judging needs of a bill: whose it is, what each resource costs, and which columns are to be believed. */
export async function readBill(files: readonly InputFile[], context: JsonObject, desk: Desk): Promise<BillResult> {
  const lines = await citedBill(files, 'lines', desk);
  const isMerged = files.some((file) => file.resources !== undefined);
  const resources = isMerged ? await citedBill(files, 'resources', desk) : undefined;
  const asOf = context['as_of'];
  return billResult({ lines, resources, ...(typeof asOf === 'string' ? { asOf } : {}) });
}

/** The bill that files make up, read by its citations: its lines, or its lines by resource where it is too large to travel. */
export async function citedBill(
  files: readonly InputFile[],
  part: 'lines' | 'resources',
  desk: Desk,
): Promise<CitedBill> {
  const citations = billCitations(files, part);
  const cited: CitedBill['cited'][number][] = [];
  for (const citation of citations) cited.push(await desk.read(citation));
  return { cited, citations };
}
