import type { JsonObject } from '@infrafabric/protocol';
import type { Observed, Series } from '../model/resource.ts';
import type { Subject } from '../model/rule.ts';
import { type Table, openTable } from '../prices/table.ts';
import { anEvidenceId } from './observed.ts';

/** What a test says about a subject; all else is empty, `asOf` is 2026-11-20. */
export interface SubjectOptions {
  /** The resource under judgement, such as `anInstance()`. */
  readonly of: Observed;
  /** Further descriptions of the resource. */
  readonly also?: readonly Observed[];
  readonly related?: readonly Observed[];
  readonly series?: readonly Series[];
  /** Price table, or USD by key. */
  readonly prices?: Table | Readonly<Record<string, string>>;
  /** Instance types by name. */
  readonly instanceTypes?: Table | Readonly<Record<string, JsonObject>>;
  /** Life-cycle entries by `<product>/<cycle>`. */
  readonly lifecycle?: Table | Readonly<Record<string, JsonObject>>;
  readonly asOf?: string;
  readonly settings?: Readonly<Record<string, number>>;
}

/** What a rule is given, from a few words. */
export function aSubject(options: SubjectOptions): Subject {
  const related = options.related ?? [];
  return {
    ...options.of,
    descriptions: [options.of, ...(options.also ?? [])],
    related: (type) => related.filter((one) => one.resource.type === type),
    series: options.series ?? [],
    price: typeof options.prices === 'function' ? options.prices : aPriceTable(options.prices ?? {}),
    instanceType:
      typeof options.instanceTypes === 'function' ? options.instanceTypes : aTable(options.instanceTypes ?? {}),
    lifecycle: typeof options.lifecycle === 'function' ? options.lifecycle : aTable(options.lifecycle ?? {}),
    asOf: options.asOf ?? '2026-11-20',
    settings: options.settings ?? {},
  };
}

/** A price table of USD amounts by key, all dated 2026-11-01 unless `as_of` says otherwise. */
export function aPriceTable(usdByKey: Readonly<Record<string, string>>, as_of = '2026-11-01'): Table {
  const entries: Record<string, JsonObject> = {};
  for (const [key, usd] of Object.entries(usdByKey)) {
    entries[key] = { usd, unit: key.split('/').at(-1) ?? '', source: 'a test', as_of };
  }
  return aTable(entries);
}

/** A table of any facts by key, cited as evidence of its own content. */
export function aTable(entries: Readonly<Record<string, JsonObject>>): Table {
  const document = { as_of: '2026-11-01', entries: { ...entries } };
  return openTable(document, anEvidenceId(document));
}
