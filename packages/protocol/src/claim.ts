import { z } from 'zod';
import { ClaimId, EvidenceId } from './ids.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { Role } from './role.ts';

/** A decimal number in plain notation; all money, rates and quantities on the wire and in report.json are such strings. */
export const DecimalString = z.string().regex(/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/, 'expected a decimal such as 12.50');
export type DecimalString = z.infer<typeof DecimalString>;

/** How the cited bytes are read; gzip is of CSV, and with Parquet it is a table as CSV is. */
export const MediaType = z.enum([
  'application/json',
  'text/csv',
  'application/x-ndjson',
  'application/gzip',
  'application/vnd.apache.parquet',
]);
export type MediaType = z.infer<typeof MediaType>;

/**
 * Points at the exact place a figure comes from.
 *
 * `pointer` by media type: JSON, RFC 6901 (`/Volumes/0`, empty = the whole document); CSV, `row=N` (1-based data record in
 * file order) or empty for the whole table, in gzip and Parquet too; NDJSON, `/<line>` (0-based) or empty. A citation of another claim's figure has
 * `evidence` = the claim id and `pointer` = `/figures/<n>/value`.
 */
export const Citation = z.strictObject({
  evidence: z.union([EvidenceId, ClaimId]),
  pointer: z.string().max(1024),
  media_type: MediaType,
});
export type Citation = z.infer<typeof Citation>;

/** The computation behind a figure: `id` is `<package>/<name>@<version>`; any change of its output is a new version. */
export const DerivationRef = z.strictObject({
  id: z.string().regex(/^[a-z]+\/[a-z0-9-]+@[1-9][0-9]*$/),
  params: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
});
export type DerivationRef = z.infer<typeof DerivationRef>;

/** A number that can be recomputed: `derivation` applied to what `citations` point at gives `value`. */
export const Figure = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_.-]*$/),
  value: DecimalString,
  unit: z.string().min(1).max(40),
  derivation: DerivationRef,
  citations: z.array(Citation),
});
export type Figure = z.infer<typeof Figure>;

/** A sentence that stands on figures; `topic` says what kind of statement it is (`saving`, `spend/service`, `forecast/month-end`). */
export const Claim = z.strictObject({
  id: ClaimId,
  topic: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/),
  statement: z.string().min(1).max(2000),
  figures: z.array(Figure),
  citations: z.array(Citation),
  confidence: z.string().regex(/^(0\.[0-9]{2}|1\.00)$/),
  role: Role,
});
export type Claim = z.infer<typeof Claim>;

/** A parsed CSV file: `rows[n]` is data record n + 1 of the file. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a citation resolves to: a JSON value, a CSV row by column, a whole CSV table, or an NDJSON line or lines. */
export type Cited = JsonValue | CsvTable;

/**
 * A published computation.
 *
 * `compute` sees only the cited values, in citation order, and the parameters; it reads no clock and no file, so
 * `verify` gets the same answer years later. It throws when the cited values do not have the shape it needs.
 */
export interface Derivation {
  readonly id: string;
  readonly compute: (cited: readonly Cited[], params: JsonObject) => DecimalString;
}

/** Names a derivation and fixes its version. */
export function defineDerivation(derivation: {
  package: 'finops' | 'upgrade' | 'report';
  name: string;
  version: number;
  compute: Derivation['compute'];
}): Derivation {
  return { id: `${derivation.package}/${derivation.name}@${derivation.version}`, compute: derivation.compute };
}
