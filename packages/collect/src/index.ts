export { CSV_LIMITS, parseCsv } from './csv.ts';
export { CollectError } from './errors.ts';
export type { CollectCode } from './errors.ts';
export { decodeText } from './text.ts';
