import { type DecimalString, type Figure, defineDerivation } from '@infrafabric/protocol';
import type { Rule, Threshold } from '../model/rule.ts';
import { parseDecimal } from '../money.ts';

/** Thresholds set by configuration: by the threshold's name for every rule that has it, or by `<rule>.<name>` for one. */
export type ThresholdSettings = Readonly<Record<string, DecimalString | number>>;

/** A threshold in force that is not the rule's own. */
export interface ChangedThreshold {
  readonly rule: string;
  readonly name: string;
  readonly value: DecimalString;
  readonly default: DecimalString;
  readonly unit: string;
}

/** What a rule compares with, as settings of its own: those for one rule win over those for all. */
export function settingsFor(rule: Rule, settings: ThresholdSettings): Readonly<Record<string, number>> {
  return Object.fromEntries(
    rule.thresholds.flatMap(({ name }) => {
      const value = settings[`${rule.id}.${name}`] ?? settings[name];
      return value === undefined ? [] : [[name, Number(value)]];
    }),
  );
}

/** The thresholds of rules that settings change, by rule and name. */
export function changedThresholds(rules: readonly Rule[], settings: ThresholdSettings): ChangedThreshold[] {
  return rules
    .flatMap((rule) => {
      const own = settingsFor(rule, settings);
      return rule.thresholds.flatMap(({ name, value, unit }) => {
        const set = own[name] ?? value;
        return set === value ? [] : [{ rule: rule.id, name, value: String(set), default: String(value), unit }];
      });
    })
    .toSorted((a, b) => (`${a.rule}.${a.name}` < `${b.rule}.${b.name}` ? -1 : 1));
}

/** A threshold a person set: what was set, beside what the rule has by itself. Params: `rule`, `name`, `value`, `default`. */
export const configuredThreshold = defineDerivation({
  package: 'finops',
  name: 'configured-threshold',
  version: 1,
  compute: (_, params) => parseDecimal(params['value']).toFixed(),
});

/** The changed thresholds of a rule as figures, so that a finding says by which limits it was found. */
export function thresholdFigures(rule: Rule, settings: ThresholdSettings): Figure[] {
  return changedThresholds([rule], settings).map(({ name, value, unit, default: own }) => ({
    name: `threshold.${name.toLowerCase()}`,
    value,
    unit,
    derivation: { id: configuredThreshold.id, params: { rule: rule.id, name, value, default: own } },
    citations: [],
  }));
}

/** The values a threshold may take: those it declares, else 0 to 100 for a percentage, 10 years for days, a million for all else. */
export function thresholdRange({ range, unit }: Threshold): readonly [min: number, max: number] {
  if (range !== undefined) return range;
  if (unit.startsWith('%')) return [0, 100];
  return unit.startsWith('day') ? [0, 3650] : [0, 1_000_000];
}

/** A threshold a person set, or what would have been right. */
export type ReadThreshold = { readonly key: string; readonly value: string } | Mistake;

interface Mistake {
  readonly message: string;
  readonly fix: string;
}

/** Reads `<rule>.<threshold>=<value>`, or `<threshold>=<value>` for every rule that has it; capitals do not matter. */
export function readThreshold(text: string, rules: readonly Rule[]): ReadThreshold {
  const [whole, left = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text.trim()) ?? [];
  if (whole === undefined) return { message: `${EXPECTED}, got "${text.trim().slice(0, 80)}"`, fix: SHOWN_BY };
  const at = left.lastIndexOf('.');
  const [ruleName, name] = at === -1 ? [undefined, left] : [left.slice(0, at), left.slice(at + 1)];
  const rule = rules.find((one) => one.id === ruleName || one.ref === ruleName);
  if (ruleName !== undefined && rule === undefined) {
    return { message: `no rule is called "${ruleName.slice(0, 80)}"`, fix: 'infrafabric rules list' };
  }
  const among = rule === undefined ? rules : [rule];
  const named = among.flatMap((one) => one.thresholds.filter((each) => isCalled(each, name)));
  const [threshold] = named;
  if (threshold === undefined) return unknownName(name, among, rule);
  const mistake = mistakeIn(value, named);
  return mistake ?? { key: rule === undefined ? threshold.name : `${rule.id}.${threshold.name}`, value };
}

const EXPECTED = 'expected <rule>.<threshold>=<value>';
const SHOWN_BY = 'infrafabric rules show <id> lists the thresholds of a rule';

const isCalled = (threshold: Threshold, name: string): boolean => threshold.name.toLowerCase() === name.toLowerCase();

function unknownName(name: string, among: readonly Rule[], rule: Rule | undefined): Mistake {
  const message = `${EXPECTED}, got the threshold "${name.slice(0, 80)}"`;
  if (rule === undefined) return { message, fix: SHOWN_BY };
  const names = among.flatMap((one) => one.thresholds.map((threshold) => threshold.name));
  return { message, fix: names.length === 0 ? `${rule.id} has no threshold` : `${rule.id} has ${names.join(', ')}` };
}

function mistakeIn(value: string, named: readonly Threshold[]): Mistake | undefined {
  const ranges = named.map(thresholdRange);
  const [min, max] = [Math.max(...ranges.map(([low]) => low)), Math.min(...ranges.map(([, high]) => high))];
  if (/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$/.test(value) && Number(value) >= min && Number(value) <= max)
    return undefined;
  return {
    message: `expected ${min} to ${max} ${named[0]?.unit ?? ''}, got "${value.slice(0, 40)}"`,
    fix: `the rule's own value is ${named[0]?.value}`,
  };
}
