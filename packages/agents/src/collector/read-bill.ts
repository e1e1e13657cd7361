import { billResult, type BillResult, type InputFile } from '@infrafabric/finops';
import type { Citation, CsvTable } from '@infrafabric/protocol';
import type { Desk } from '../desk.ts';

/** Reads what judging needs of a bill: whose it is, what each resource costs, and which columns are to be believed. */
export async function readBill(file: InputFile, desk: Desk): Promise<BillResult> {
  const citation = wholeBill(file);
  return billResult((await desk.read(citation)) as CsvTable, citation);
}

/** The citation of a bill as a whole. */
export function wholeBill(file: InputFile): Citation {
  return { evidence: file.evidence, pointer: '', media_type: 'text/csv' };
}
