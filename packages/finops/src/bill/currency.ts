import type { BillTable } from './bill-table.ts';

/** What a unit says when the bill does not name its currency. */
const UNNAMED = 'unknown currency';

/** What the costs of a bill are in: USD when it comes with exchange rates, else its one BillingCurrency (the reader refuses a mix), or `unknown currency`. */
export function billCurrency(bill: BillTable): string {
  if (bill.conversion !== undefined) return 'USD';
  const currency = bill.dimension('BillingCurrency').labels.find((label) => label !== null);
  return currency?.slice(0, 40).toWellFormed() ?? UNNAMED;
}
