import type { Citation, Cited, DecimalString, EvidenceId } from '@infrafabric/protocol';
import type { InputFile } from '../model/input.ts';

/**
 * A bill as figures see it: its tables, then the exchange rates if there are any, and where each of them stands.
 *
 * One bill may be many files; derivations get them all, in the order of the citations.
 */
export interface CitedBill {
  readonly cited: readonly Cited[];
  readonly citations: readonly Citation[];
}

/** What one unit of a currency is in USD, and on which day. */
export interface ExchangeRate {
  readonly usd: DecimalString;
  /** YYYY-MM-DD. */
  readonly as_of: string;
}

/** The JSON document that exchange rates are evidence as, by ISO 4217 code. */
export interface ExchangeRates {
  readonly rates: Readonly<Record<string, ExchangeRate>>;
}

/**
 * The citations of the bill that files make up, in order of the files.
 *
 * `lines` are the lines, or the lines by day of a bill too large to travel; `resources` the same by resource.
 */
export function billCitations(files: readonly InputFile[], part: 'lines' | 'resources'): Citation[] {
  const bills = files.filter((file) => file.kind === 'bill');
  const rates = files.filter((file) => file.kind === 'rates');
  return [
    ...bills.map((file) => ({
      evidence: part === 'resources' ? (file.resources ?? file.evidence) : file.evidence,
      pointer: '',
      media_type: file.media_type ?? 'text/csv',
    })),
    ...rates.map((file) => ({ evidence: file.evidence, pointer: '', media_type: 'application/json' as const })),
  ];
}

/** Everything that a task about the bill may read, sorted. */
export function billEvidence(files: readonly InputFile[]): EvidenceId[] {
  const bill = files.filter((file) => file.kind === 'bill' || file.kind === 'rates');
  const ids = bill.flatMap(({ evidence, resources }) => [evidence, ...(resources === undefined ? [] : [resources])]);
  return [...new Set(ids)].sort();
}
