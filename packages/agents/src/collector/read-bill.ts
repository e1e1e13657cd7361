import { billResult, type BillResult, type InputFile } from '@infrafabric/finops';
import { type Desk, wholeTable } from '../desk.ts';

/** Reads what judging needs of a bill: whose it is, what each resource costs, and which columns are to be believed. */
export async function readBill({ evidence }: InputFile, desk: Desk): Promise<BillResult> {
  return billResult(await desk.table(evidence), wholeTable(evidence));
}
