import {
  type BillResult,
  changedPreset,
  changedThresholds,
  FAILURE_ADVICE,
  type Gathered,
  isGap,
  type Rule,
  type TaskResult,
  wholeManifest,
} from '@infrafabric/finops';

type Notes = BillResult['notes'];

/** What a reader needs beside the totals, sorted: of the results, how old the prices are, and what a person changed. */
export function notesOf(
  results: readonly TaskResult[],
  { request, manifest }: Pick<Gathered, 'request' | 'manifest'>,
  rules: readonly Rule[],
): Notes[number][] {
  const notes = [
    ...results.flatMap(ownNotes),
    ...unansweredNotes(wholeManifest(manifest, results)),
    ...priceNote(request),
    ...controlNotes(request, rules),
  ];
  return notes.sort((a, b) => compare(a.code + a.detail, b.code + b.detail));
}

const ownNotes = (result: TaskResult): Notes =>
  result.kind === 'bill' || result.kind === 'budget' ? result.notes : [];

/** What AWS does not answer to this account, and which accounts those are. */
function unansweredNotes({ failed }: Gathered['manifest']): Notes {
  const noted = failed.filter((one) => !isGap(one));
  return [...Map.groupBy(noted, (one) => one.code)].flatMap(([code, calls]) => {
    if (code === undefined) return [];
    const accounts = new Set(calls.map(({ account, region }) => account ?? region));
    return [{ code, detail: `${FAILURE_ADVICE[code]}; not asked of ${[...accounts].toSorted().join(', ')}` }];
  });
}

/** How old the prices are; a session that does not say has none. */
function priceNote({ price_table: prices, as_of }: Gathered['request']): Notes {
  if (prices === undefined) return [];
  const { entries, updated, newest, median_age_days: days } = prices;
  const from = updated === 0 ? 'the table embedded in InfraFabric' : `${updated} read from AWS, the others embedded`;
  const detail = `${entries} list prices: ${from}; the newest of ${newest}, half of them older than ${days} days on ${as_of}`;
  return [{ code: updated === 0 ? 'PRICES_EMBEDDED' : 'PRICES_UPDATED', detail }];
}

/** What a person changed, so that nobody reads the report as if it were made by the rules' own limits. */
function controlNotes({ settings, exclude = [] }: Gathered['request'], rules: readonly Rule[]): Notes {
  const preset = changedPreset(settings);
  const changed = changedThresholds(rules, settings).map(
    (one) => `${one.rule} ${one.name} ${one.value} ${one.unit} (its own: ${one.default})`,
  );
  return [
    ...(changed.length === 0 ? [] : [{ code: 'THRESHOLDS_CHANGED', detail: changed.join('; ') }]),
    ...(preset === undefined ? [] : [{ code: 'RIGHTSIZING_PRESET', detail: preset }]),
    ...(exclude.length === 0 ? [] : [{ code: 'EXCLUDED_BY_TAGS', detail: exclude.join('; ') }]),
  ];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
