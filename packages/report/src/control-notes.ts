import { type BillResult, type Gathered, changedPreset, changedThresholds } from '@infrafabric/finops';
import { RULES } from './rules.ts';

/** What a person changed, so that nobody reads the report as if it were made by the rules' own limits. */
export function controlNotes({ settings, exclude = [] }: Gathered['request']): BillResult['notes'] {
  const preset = changedPreset(settings);
  const changed = changedThresholds(RULES, settings).map(
    (one) => `${one.rule} ${one.name} ${one.value} ${one.unit} (its own: ${one.default})`,
  );
  return [
    ...(changed.length === 0 ? [] : [{ code: 'THRESHOLDS_CHANGED', detail: changed.join('; ') }]),
    ...(preset === undefined ? [] : [{ code: 'RIGHTSIZING_PRESET', detail: preset }]),
    ...(exclude.length === 0 ? [] : [{ code: 'EXCLUDED_BY_TAGS', detail: exclude.join('; ') }]),
  ];
}
