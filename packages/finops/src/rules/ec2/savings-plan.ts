import { type Cited, defineDerivation } from '@infrafabric/protocol';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatDecimal, formatUsd, parseDecimal, perMonth } from '../../money.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfHours } from '../reading/derivations.ts';
import {
  type Source,
  citationsOf,
  entrySource,
  figure,
  itemSource,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { Instance, linuxPriceKey, withoutLinuxPrice } from '../reading/instance.ts';
import { linesOf, pointsOf, readMetric } from '../reading/metrics.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const MIN_DAYS: Threshold = {
  name: 'COMMITMENT_MIN_DAYS',
  value: 90,
  unit: 'days since launch',
  source: 'Turbot AWS Thrifty, EC2 instances that run longer than 90 days, read 2026-11-20',
};

/** The plan that binds least: one year, nothing upfront, any family and region. Source: Savings Plans user guide, read 2026-11-20. */
const PLAN = 'compute-1yr-no-upfront';

const MONTHS = 12;

/** Usage that remains when a fifth of it goes away. */
const FEWER = new Decimal('0.8');

/** Monthly on-demand list cost of the instance. */
export const ec2SavingsPlanListCost = monthOfHours('ec2-savings-plan-list-cost');

/** On-demand cost of the measured hours less the commitment of every hour, a month: cited = the item, both prices, metric lines. */
export const ec2SavingsPlanListSaving = defineDerivation({
  package: 'finops',
  name: 'ec2-savings-plan-list-saving',
  version: 1,
  compute: (cited) => formatUsd(savingOf(cited, new Decimal(1))),
});

/** The same when usage falls by a fifth while the commitment stays; below 0 it is a loss. */
export const savingsPlanAtLessUse = defineDerivation({
  package: 'finops',
  name: 'savings-plan-at-less-use',
  version: 1,
  compute: (cited) => formatUsd(savingOf(cited, FEWER)),
});

/** Months of such use after which on demand would have cost as much as the whole year of the plan. Cited as the saving. */
export const savingsPlanBreakEven = defineDerivation({
  package: 'finops',
  name: 'savings-plan-break-even',
  version: 1,
  compute: (cited) => {
    const { used, rate } = hoursOf(cited);
    return used.isZero() ? String(MONTHS + 1) : formatDecimal(rate.times(MONTHS).div(used).ceil());
  },
});

/** A long-running instance no commitment pays for, where a Savings Plan costs less than its hours on demand. */
export const ec2SavingsPlan = defineRule({
  id: 'ec2-savings-plan',
  ref: 'COM-04',
  role: 'pricing',
  service: 'ec2',
  title: 'Long-running instance without a commitment',
  appliesTo: 'Ec2Instance',
  reads: [],
  actionType: 'PurchaseSavingsPlans',
  step: 'commitment',
  severity: 3,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'ec2:DescribeInstances InstanceType, LaunchTime, PlatformDetails, Placement',
    'AWS/EC2 CPUUtilization: an hour with a datum is an hour of use',
    'bill: what commitments already pay of the instance',
    'Linux on-demand price, Compute Savings Plan rate (infrafabric prices update)',
  ],
  formula:
    '(on-demand price x share of hours in use - one-year no-upfront Compute Savings Plan rate) x 730, on what all other findings leave ' +
    'of the instance (last step of the waterfall); break-even month = 12 x rate / hourly on-demand cost, rounded up; no advice where a ' +
    'commitment already pays',
  implementation: [
    'Do the other advice of this report first: a commitment for what then goes away is lost.',
    'Buy a Compute Savings Plan of at most the sum of the rates of what remains, or a part of it first.',
    'Look at its utilisation after a week.',
  ],
  rollback:
    'None: a plan runs for its year; one of at most 100 USD an hour may be returned within 7 days of the same month.',
  documentation: 'https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html',
  thresholds: [MIN_DAYS],
  sources: [
    'https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html',
    'https://docs.aws.amazon.com/savingsplans/latest/APIReference/API_DescribeSavingsPlansOfferingRates.html',
  ],
  derivations: [ec2SavingsPlanListCost, ec2SavingsPlanListSaving, savingsPlanAtLessUse, savingsPlanBreakEven],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Instance, subject.item);
  if (!item.ok) return item.verdict;
  const instance = item.value;
  if (instance.State.Name !== 'running' || instance.InstanceLifecycle === 'spot' || hasCommitment(subject)) return OK;
  if (instance.LaunchTime === undefined) return unknown('FIELD_MISSING', 'The answer has no usable LaunchTime.');
  const days = daysBefore(subject.asOf, instance.LaunchTime);
  if (Number.isNaN(days)) return unknown('FIELD_MISSING', 'The answer has no usable LaunchTime.');
  if (days < limitOf(subject, MIN_DAYS)) return OK;
  const priced = withoutLinuxPrice(instance);
  if (priced !== undefined) return priced;
  const { region } = subject.resource;
  const keys = [linuxPriceKey(region, instance.InstanceType), `savingsplan/${region}/${PLAN}/${instance.InstanceType}`];
  const prices = readPrices(subject, keys);
  if (!prices.ok) return prices.verdict;
  return advise(subject, prices.value.map(entrySource), priceDates(prices.value));
}

/** Whether the bill says that a Savings Plan or reservation pays for it. */
const hasCommitment = ({ costs }: Subject): boolean =>
  costs !== undefined && parseDecimal(costs.committed).greaterThan(0);

function advise(subject: Subject, prices: readonly Source[], dates: string): Verdict {
  const window = readMetric(subject, {
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    stats: ['Maximum', 'Average'],
    sparse: true,
  });
  const lines = window.ok ? window.value.series.map(seriesSource) : [];
  const item = itemSource(subject);
  const from = [item, ...prices, ...lines];
  const saving = listSaving({ derivation: ec2SavingsPlanListSaving, from });
  if (!saving.value.greaterThan(0)) return OK;
  const less = figure({ name: 'saving_at_less_use', unit: 'USD/month', derivation: savingsPlanAtLessUse, from });
  const months = figure({ name: 'break_even_month', unit: 'count', derivation: savingsPlanBreakEven, from });
  const use = lines.length === 0 ? 'taken to run every hour, for no metrics say otherwise' : 'by its hours in use';
  return {
    verdict: 'FINDING',
    statement:
      `The instance runs on demand; a one-year Compute Savings Plan without upfront payment costs {list_saving} less, ${use}, at prices of ` +
      `${dates}. It breaks even in month {break_even_month}; with a fifth less use it gives {saving_at_less_use} (below zero: a loss). ` +
      'Only what the other findings leave of the instance counts.',
    figures: [months.request, less.request],
    listCost: listCost({ derivation: ec2SavingsPlanListCost, from: from.slice(0, 2) }).request,
    listSaving: saving.request,
    citations: citationsOf([item]),
    confidence: subject.costs === undefined || lines.length === 0 ? '0.50' : '0.70',
  };
}

/** On-demand cost of an hour by the measured share of hours in use, and the plan's rate. */
function hoursOf(cited: readonly Cited[]): { used: Decimal; rate: Decimal } {
  return { used: unitPrice(cited[1]).times(shareInUse(cited.slice(3))), rate: unitPrice(cited[2]) };
}

function savingOf(cited: readonly Cited[], share: Decimal): Decimal {
  const { used, rate } = hoursOf(cited);
  return perMonth(used.times(share).minus(rate));
}

/** Steps with a datum of all steps; an instance publishes CPU only while it runs. 1 without metrics. */
function shareInUse(cited: readonly Cited[]): Decimal {
  if (cited.length === 0) return new Decimal(1);
  const lines = linesOf(cited);
  const steps = new Set(
    lines.flatMap((line) => line.values.map((_, at) => Date.parse(line.start) + at * line.period_seconds * 1000)),
  );
  return new Decimal(pointsOf(lines).length).div(Math.max(1, steps.size));
}
