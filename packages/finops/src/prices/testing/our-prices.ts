import { anEvidenceId } from '../../testing/index.ts';
import { PRICE_TABLE } from '../dated-tables.ts';
import { openTable } from '../table.ts';

/** Our own price table, opened as evidence. */
export const ourPrices = openTable(PRICE_TABLE, anEvidenceId('our prices'));
