import type { Line, Summary } from './summary.ts';

/** DESIGN 12, planted waste: precision and recall, of all rules and of each agent, and the dollar error of the total once overlap is removed. */
const BAR = { precision: 0.98, recall: 0.98, totalErrorPercent: 1 };

/** How much worse a rule may be than its baseline before the gate closes: a case or two of rounding, points of a percent. */
const SLACK = { share: 0.005, percent: 0.25 };

/** Why a summary does not pass: bars it misses, and rules that are worse than the baseline says; empty = it passes. */
export function shortcomings(summary: Summary, baseline: Pick<Summary, 'rules'>): string[] {
  return [
    ...missedBars(summary),
    ...Object.entries(baseline.rules).flatMap(([rule, was]) => worse(rule, was, summary.rules[rule])),
  ];
}

function missedBars({ all, roles, net }: Summary): string[] {
  return [
    ...[['all rules', all] as const, ...Object.entries(roles)].flatMap(([who, line]) => below(who, line)),
    ...(Math.abs(percentOf(net.totalError)) > BAR.totalErrorPercent ? [`the total is off by ${net.totalError}`] : []),
  ];
}

const below = (who: string, line: Line): string[] =>
  (['precision', 'recall'] as const).flatMap((name) =>
    line[name] !== '-' && !(Number(line[name]) >= BAR[name])
      ? [`${name} of ${who}, ${line[name]}, is below ${BAR[name]}`]
      : [],
  );

function worse(rule: string, was: Line, is: Line | undefined): string[] {
  if (is === undefined) return [`${rule} is no longer scored`];
  const fallen = (name: 'precision' | 'recall'): string[] =>
    was[name] !== '-' && !(Number(is[name]) >= Number(was[name]) - SLACK.share)
      ? [`${name} of ${rule} is ${is[name]}, was ${was[name]}`]
      : [];
  const isDearer = percentOf(is.usdError) > percentOf(was.usdError) + SLACK.percent;
  return [
    ...fallen('precision'),
    ...fallen('recall'),
    ...(isDearer ? [`dollars of ${rule} are off by ${is.usdError}, were by ${was.usdError}`] : []),
  ];
}

const percentOf = (text: string): number => (text === '-' ? 0 : Number.parseFloat(text));
