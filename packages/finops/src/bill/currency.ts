import type { BillTable } from './bill-table.ts';

/** What a unit says when the bill does not name its currency. */
const UNNAMED = 'unknown currency';

/** The one BillingCurrency of a bill (the reader refuses a mix): an ISO 4217 code, or `unknown currency`. */
export function billCurrency(bill: BillTable): string {
  const [currency] = bill.dimension('BillingCurrency').labels;
  return currency?.slice(0, 40).toWellFormed() ?? UNNAMED;
}
