import {
  type Citation,
  type Cited,
  type Derivation,
  type JsonObject,
  type JsonValue,
  defineDerivation,
  jsonPointer,
} from '@infrafabric/protocol';
import { knownSeries } from '../../cited-values.ts';
import { rememberComputed } from '../../figures.ts';
import type { Observed, Series } from '../../model/resource.ts';
import type { Entry, FigureRequest } from '../../model/rule.ts';
import { type Decimal, citedDecimal, formatDecimal, parseDecimal } from '../../money.ts';

/** A value a rule reads and the place it stands at: what a derivation gets and what its figure cites. */
export interface Source {
  readonly value: JsonValue;
  readonly citation: Citation;
}

/** A resource's item as a source. */
export const itemSource = (observed: Observed): Source => ({ value: observed.item, citation: observed.citation });

/** A table entry as a source. */
export const entrySource = (entry: Entry): Source => ({ value: entry.value, citation: entry.citation });

/** A metric series as a source: the line of the metrics file. */
export const seriesSource = (series: Series): Source => knownSeries(series);

/** What a figure is called, its unit, how it is computed and from what. */
export interface FigureSpec {
  readonly name: string;
  readonly unit: string;
  readonly derivation: Derivation;
  readonly from: readonly Source[];
  readonly params?: JsonObject;
}

/** A figure to ask the framework for, and the value it will have: rules decide on the same number they print. */
export function figure(spec: FigureSpec): { readonly request: FigureRequest; readonly value: Decimal } {
  const params = spec.params ?? {};
  const cited: Cited[] = spec.from.map((source) => source.value);
  const citations = spec.from.map((source) => source.citation);
  const { name, unit, derivation } = spec;
  const request = { name, unit, derivation, params, citations };
  const value = derivation.compute(cited, params);
  rememberComputed(request, cited, value);
  return { request, value: parseDecimal(value) };
}

/** Monthly list cost of what a saving applies to. */
export const listCost = (spec: Omit<FigureSpec, 'name' | 'unit'>): ReturnType<typeof figure> =>
  figure({ name: 'list_cost', unit: 'USD/month', ...spec });

/** Monthly list saving. */
export const listSaving = (spec: Omit<FigureSpec, 'name' | 'unit'>): ReturnType<typeof figure> =>
  figure({ name: 'list_saving', unit: 'USD/month', ...spec });

/** A number as it stands at the cited place. */
export const citedNumber = defineDerivation({
  package: 'finops',
  name: 'cited-number',
  version: 1,
  compute: (cited) => formatDecimal(citedDecimal(cited, 0)),
});

/** A figure that repeats one numeric field of an item or a table entry, cited at the field itself. */
export function fieldFigure(
  source: Source,
  field: string | readonly (string | number)[],
  label: { readonly name: string; readonly unit: string },
): FigureRequest {
  const pointer = source.citation.pointer + jsonPointer(typeof field === 'string' ? [field] : field);
  return { ...label, derivation: citedNumber, params: {}, citations: [{ ...source.citation, pointer }] };
}

/** The citations of sources, in order. */
export const citationsOf = (sources: readonly Source[]): Citation[] => sources.map((source) => source.citation);
