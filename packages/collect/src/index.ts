export { REQUIRED_COLUMNS, checkBill } from './bill/bill-check.ts';
export { readBill } from './bill/read-bill.ts';
export { CSV_LIMITS, parseCsv } from './csv.ts';
export { CollectError } from './errors.ts';
export type { CollectCode } from './errors.ts';
export { decodeText } from './text.ts';
