import { type Citation, type Cited, type JsonValue, resolvePointer } from '@infrafabric/protocol';
import { FinopsError } from './errors.ts';
import type { Entry, Subject } from './model/rule.ts';
import type { Observed, Series } from './model/resource.ts';
import type { Table } from './prices/table.ts';

/** What a citation stands for, as far as the judging task holds it. */
export interface Known {
  readonly citation: Citation;
  readonly value: JsonValue;
}

/** Finds the cited values of a derivation among what a subject holds. */
export type CitedValues = (citations: readonly Citation[]) => Cited[];

/**
 * Resolves citations against known values: the exact place, or a place inside a known value.
 *
 * @throws FinopsError `CITATION_UNKNOWN` when a rule cites what it was not given.
 */
export function citedValuesOf(known: readonly Known[]): CitedValues {
  const byEvidence = Map.groupBy(known, (one) => one.citation.evidence);
  return (citations) =>
    citations.map((citation) => {
      for (const one of byEvidence.get(citation.evidence) ?? []) {
        const value = inside(one, citation.pointer);
        if (value !== undefined) return value;
      }
      throw new FinopsError('CITATION_UNKNOWN', {
        message: 'expected a citation of what the subject holds, got another place',
        where: `${citation.evidence}#${citation.pointer}`,
      });
    });
}

function inside(known: Known, pointer: string): JsonValue | undefined {
  const base = known.citation.pointer;
  if (pointer === base) return known.value;
  if (!pointer.startsWith(`${base}/`)) return undefined;
  return resolvePointer(known.value, pointer.slice(base.length));
}

/** A resource's item as a known value. */
export const knownResource = (observed: Observed): Known => ({ citation: observed.citation, value: observed.item });

/** A table entry as a known value. */
export const knownEntry = (entry: Entry): Known => ({ citation: entry.citation, value: entry.value });

/** A metric series as a known value: the line of the metrics file it was read from, made once for each series. */
export function knownSeries(series: Series): Known {
  const made = KNOWN_SERIES.get(series) ?? makeKnown(series);
  KNOWN_SERIES.set(series, made);
  return made;
}

const KNOWN_SERIES = new WeakMap<Series, Known>();

function makeKnown({ citation, values, dimensions, ...rest }: Series): Known {
  return { citation, value: { ...rest, dimensions: { ...dimensions }, values: [...values] } };
}

/** Records every table entry a rule reads, so that its figures can cite them. */
export function recordEntries(subject: Subject, seen: (entry: Entry) => void): Subject {
  const recording = (look: Table): Table =>
    Object.assign(
      (key: string) => {
        const entry = look(key);
        if (entry !== undefined) seen(entry);
        return entry;
      },
      { behind: look },
    );
  return {
    ...subject,
    price: recording(subject.price),
    instanceType: recording(subject.instanceType),
    lifecycle: recording(subject.lifecycle),
  };
}
