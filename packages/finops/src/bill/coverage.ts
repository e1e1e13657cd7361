import type { BillTable } from './bill-table.ts';
import { paddedAccount } from './resource-join.ts';

/**
 * The accounts a bill has lines for (FOCUS SubAccountId), sorted: an estate's account that is not among them is not covered.
 *
 * AWS account ids that lost their leading zeros in a spreadsheet are given back with twelve digits.
 */
export function billAccounts(bill: BillTable): string[] {
  const named = bill.dimension('SubAccountId').labels.filter((label) => label !== null);
  return [...new Set(named.map(paddedAccount))].sort();
}

/** The accounts of a bill whose id has fewer digits than an AWS account id: nine to eleven, as a spreadsheet leaves them. */
export function shortAccounts(bill: BillTable): string[] {
  const named = bill.dimension('SubAccountId').labels.filter((label) => label !== null);
  return named.filter((label) => paddedAccount(label) !== label).sort();
}
