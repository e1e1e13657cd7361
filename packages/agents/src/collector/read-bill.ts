import { billResult, type BillResult, type InputFile } from '@infrafabric/finops';
import type { Desk } from '../desk.ts';
import { citedBill } from './cited-bill.ts';

/** Reads what judging needs of a bill: whose it is, what each resource costs, and which columns and days are to be believed. */
export async function readBill(files: readonly InputFile[], asOf: string, desk: Desk): Promise<BillResult> {
  const lines = await citedBill(files, 'lines', desk);
  const isMerged = files.some((file) => file.resources !== undefined);
  const resources = isMerged ? await citedBill(files, 'resources', desk) : lines;
  const equalLines = files.reduce((sum, file) => sum + (file.equal_lines ?? 0), 0);
  return billResult({ lines, resources, equalLines, asOf });
}
