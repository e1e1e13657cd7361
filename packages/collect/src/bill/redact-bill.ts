import type { CsvTable } from '@infrafabric/protocol';
import { redactText } from '../estate/redaction.ts';
import { csvText } from './csv-text.ts';

/** A bill without what has the form of a secret. */
export interface RedactedBill {
  readonly bytes: Uint8Array;
  readonly redactions: number;
}

/**
 * Replaces secrets in the cells of a bill, such as a key that somebody put in a tag.
 *
 * A bill without one keeps its bytes. Else it is written anew, a field quoted where it must be: records keep their numbers.
 */
export function redactBill(bytes: Uint8Array, table: CsvTable): RedactedBill {
  const clean = new Map<string, string>();
  let redactions = 0;
  const redact = (cell: string): string => {
    const known = clean.get(cell);
    if (known !== undefined) return known;
    const { value } = redactText(cell);
    clean.set(cell, value);
    return value;
  };
  const rows = [table.columns, ...table.rows].map((row) => {
    let changed: string[] | undefined;
    for (const [index, cell] of row.entries()) {
      const value = redact(cell);
      if (value === cell) continue;
      redactions += 1;
      changed ??= [...row];
      changed[index] = value;
    }
    return changed ?? row;
  });
  return redactions === 0 ? { bytes, redactions } : { bytes: new TextEncoder().encode(csvText(rows)), redactions };
}
