import type { Entry, FigureRequest, Subject, Verdict } from '@infrafabric/finops';
import type { JsonObject } from '@infrafabric/protocol';
import { DAYS_UNTIL } from './days-until.ts';
import {
  type DateField,
  type SupportState,
  agreeingSources,
  chosenDate,
  sourcedDates,
  supportState,
} from './lifecycle.ts';

/** A verdict that is a finding. */
export type FindingVerdict = Extract<Verdict, { verdict: 'FINDING' }>;

/** A version whose life cycle is known, and where it stands on the day of judgement. */
export interface Dated {
  readonly entry: Entry;
  readonly state: SupportState;
}

/**
 * Looks up a version's life cycle and lets `decide` judge it; what cannot be judged is UNKNOWN.
 *
 * NO_LIFECYCLE: no entry, or no source for the dates that matter. CONFLICTING_EVIDENCE: by one source the version is
 * still in standard support, by another it is not.
 */
export function judgeDated(subject: Subject, key: string, decide: (dated: Dated) => Verdict): Verdict {
  const entry = subject.lifecycle(key);
  if (entry === undefined) return unknown('NO_LIFECYCLE', `no sourced life cycle for ${key}`);
  const state = supportState(entry.value, subject.asOf);
  if (state.phases.includes('UNKNOWN')) return unknown('NO_LIFECYCLE', `no source dates the support of ${key}`);
  if (state.phases.length > 1 && state.phases.includes('STANDARD')) {
    return unknown(
      'CONFLICTING_EVIDENCE',
      `standard support of ${key} ended on ${dateText(entry.value, 'standard_end')}`,
    );
  }
  return decide({ entry, state });
}

/**
 * A finding whose saving is the surcharge: the same figure is in the statement as `{surcharge}` and is the list saving.
 *
 * `listCost` is what the resource costs in all, surcharge included; where its own price is unknown, the surcharge alone.
 */
export function withSurcharge(
  finding: FindingVerdict,
  money: { readonly listSaving: FigureRequest; readonly listCost?: FigureRequest },
): FindingVerdict {
  return {
    ...finding,
    figures: [...finding.figures, { ...money.listSaving, name: 'surcharge' }],
    listCost: money.listCost ?? money.listSaving,
    listSaving: money.listSaving,
    isSurcharge: true,
  };
}

/** An UNKNOWN verdict. */
export function unknown(
  reason: Extract<Verdict, { verdict: 'UNKNOWN' }>['reason'],
  detail: string,
): Extract<Verdict, { verdict: 'UNKNOWN' }> {
  return { verdict: 'UNKNOWN', reason, detail };
}

/** The verdict of a field that the answer should carry and does not. */
export const fieldMissing = (field: string): Verdict => unknown('FIELD_MISSING', `the answer has no readable ${field}`);

/** A finding without dollars; citations are the resource and its life cycle. */
export function advice(subject: Subject, entry: Entry, finding: Advice): FindingVerdict {
  const days = finding.until === undefined ? undefined : daysUntil(subject, entry, finding.until);
  return {
    verdict: 'FINDING',
    statement: finding.statement,
    figures: days === undefined ? [] : [days],
    citations: [subject.citation, entry.citation],
    confidence: confidenceOf(entry.value, finding.confidenceFrom),
    ...(finding.severity === undefined ? {} : { severity: finding.severity }),
  };
}

/** What a finding about support dates says. */
export interface Advice {
  readonly statement: string;
  /** The date that the figure `days_left` counts down to; the statement names it as `{days_left}`. */
  readonly until?: DateField;
  /** The dates the finding stands on. */
  readonly confidenceFrom: readonly DateField[];
  readonly severity?: number;
}

/** A date as a reader sees it; where sources differ, all of them: `2027-02-28 or 2029-06-30 (sources differ)`. */
export function dateText(entry: JsonObject, field: DateField): string {
  const dates = sourcedDates(entry, field);
  if (dates.length === 0) return 'a day no source names';
  return `${dates.join(' or ')}${dates.length > 1 ? ' (sources differ)' : ''}`;
}

/** The tail of a statement about extended support that ends: `, which ends on 2027-03-23 ({days_left} left)`. */
export function endText(entry: JsonObject): string {
  return `extended support ends on ${dateText(entry, 'extended_end')}${chosenDate(entry, 'extended_end') ? ', in {days_left}' : ''}`;
}

/** What is said of a version that every source, or only some, put past all support. */
export function pastText({ entry, state }: Dated): string {
  if (state.phases.length === 1) return 'is past all support';
  return `by some sources is past all support: extended support ends on ${dateText(entry.value, 'extended_end')}`;
}

/**
 * Confidence by sources: 0.90 when at least two sources give each date, 0.75 when one does, 0.60 when sources differ.
 *
 * Our scale, 2026-11: one source says so; two agreeing sources raise it; a conflict lowers it below one source.
 */
export function confidenceOf(entry: JsonObject, fields: readonly DateField[]): string {
  if (fields.some((field) => sourcedDates(entry, field).length > 1)) return '0.60';
  return fields.every((field) => agreeingSources(entry, field) > 1) ? '0.90' : '0.75';
}

function daysUntil(subject: Subject, entry: Entry, field: DateField): FigureRequest | undefined {
  if (chosenDate(entry.value, field) === undefined) return undefined;
  return {
    name: 'days_left',
    unit: 'days',
    derivation: DAYS_UNTIL,
    params: { field, as_of: subject.asOf },
    citations: [entry.citation],
  };
}
