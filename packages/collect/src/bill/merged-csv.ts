import { DAY_MS, formatScaled, isAbsentCell, MERGED_COLUMNS } from '@infrafabric/finops';
import { redactText } from '../estate/redaction.ts';
import { type MergedBill, REPEAT_MARK } from './bill-merger.ts';
import { csvText } from './csv-text.ts';
import type { MergedLine, MergedPart } from './merged-part.ts';

/** A part of a merged bill as the bytes that travel. */
export interface MergedText {
  readonly bytes: Uint8Array;
  readonly redactions: number;
}

/** The lines of a bill by day, as CSV under the bill's own column names. */
export function dayText({ byDay, header }: MergedBill): MergedText {
  const period = header.columns.chargePeriod.map((name) => header.own(name) ?? name);
  return text(byDay, [...period, MERGED_COLUMNS.repeated], ({ from, to, marks }) => [
    instant(to < 0 ? from * DAY_MS : from),
    instant(to < 0 ? (from + 1) * DAY_MS : to),
    (marks & REPEAT_MARK) === 0 ? '' : 'true',
  ]);
}

/**
 * The lines of a bill that name a resource, by resource, as CSV under the bill's own column names; every line says on how many
 * days its resource has any. Their period is that of the whole bill's first day: only the count of days matters.
 */
export function resourceText({ byResource, header, daysOf }: MergedBill): MergedText {
  const period = header.columns.chargePeriod.map((name) => header.own(name) ?? name);
  return text(byResource, [...period, MERGED_COLUMNS.days], (line) => [...SOME_DAY, String(daysOf(line))]);
}

/** A date every bill may hold: lines by resource lie nowhere in time. */
const SOME_DAY = ['2000-01-01T00:00:00Z', '2000-01-02T00:00:00Z'] as const;

function text(
  part: MergedPart,
  first: readonly string[],
  firstCells: (line: MergedLine) => readonly string[],
): MergedText {
  const { sums } = part.shape;
  const redact = redactor();
  const rows: string[][] = [[...first, ...part.keys, ...sums, MERGED_COLUMNS.lines, MERGED_COLUMNS.zeroed]];
  for (const line of part.lines()) {
    rows.push([
      ...firstCells(line),
      ...line.keys.map(redact.cell),
      ...sums.map((_, column) => sumText(part, line, column)),
      String(line.lines),
      String(line.zeroed),
    ]);
  }
  return { bytes: new TextEncoder().encode(csvText(rows)), redactions: redact.count() };
}

const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** A sum, or nothing where no line had the number. */
function sumText(part: MergedPart, { group, marks }: MergedLine, column: number): string {
  if ((marks & (1 << column)) === 0) return '';
  const { mantissa, scale } = part.sum(group, column);
  return formatScaled(mantissa, scale);
}

/** Key cells as they stand in the file: quotes are still doubled, an absent one may say so. */
function redactor(): { cell: (raw: string) => string; count: () => number } {
  const clean = new Map<string, { readonly value: string; readonly isRedacted: boolean }>();
  let count = 0;
  return {
    cell: (raw) => {
      let known = clean.get(raw);
      if (known === undefined) {
        const { value, redactions } = redactText(isAbsentCell(raw) ? '' : raw.replaceAll('""', '"'));
        known = { value, isRedacted: redactions > 0 };
        clean.set(raw, known);
      }
      if (known.isRedacted) count += 1;
      return known.value;
    },
    count: () => count,
  };
}
