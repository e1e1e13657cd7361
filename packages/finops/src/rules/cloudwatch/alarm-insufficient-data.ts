import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd } from '../../money.ts';
import { ageFigure, daysSince } from '../reading/age-figure.ts';
import { daysBefore } from '../reading/dates.ts';
import { citationsOf, entrySource, itemSource, listCost, listSaving } from '../reading/figures.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem, readPrices, unknown } from '../reading/verdicts.ts';

const SILENT_DAYS: Threshold = {
  name: 'CLOUDWATCH_ALARM_SILENT_DAYS',
  value: 30,
  unit: 'days in INSUFFICIENT_DATA',
  source: 'Own choice of 2026-11-21, one billing month; Cloudrift, read 2026-08-21, flags any time',
};

/** Longest period of a high-resolution alarm is below this, seconds. Source: CloudWatch API, PutMetricAlarm Period (10, 20 and 30 make a high-resolution alarm, which has a higher charge), read 2026-11-21. */
const STANDARD_PERIOD_SECONDS = 60;

const Period = z.int().positive().optional();

const Alarm = z.object({
  AlarmName: z.string(),
  StateValue: z.string(),
  StateUpdatedTimestamp: z.iso.datetime({ offset: true }).optional(),
  AlarmRule: z.string().optional(),
  ThresholdMetricId: z.string().optional(),
  Period,
  Metrics: z.array(z.object({ MetricStat: z.object({ Period }).optional() })).optional(),
});
type Alarm = z.infer<typeof Alarm>;

const define = (name: string) =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => formatUsd(unitPrice(cited[1]).times(metricsOf(Alarm.parse(cited[0])))),
  });

/** Monthly list price of the alarm, one for each metric it reads: cited = the alarm, the price of an alarm metric. */
export const cloudwatchAlarmListCost = define('cloudwatch-alarm-insufficient-data-list-cost');

/** Deleting the alarm saves its price. */
export const cloudwatchAlarmListSaving = define('cloudwatch-alarm-insufficient-data-list-saving');

/**
 * A metric alarm whose metric has had no data for a month: what it watched is gone, or it never worked.
 *
 * Composite, anomaly detection and metrics query alarms have prices of their own and are not judged.
 */
export const cloudwatchAlarmInsufficientData = defineRule({
  id: 'cloudwatch-alarm-insufficient-data',
  ref: 'CW-01',
  role: 'rightsizing',
  service: 'cloudwatch',
  title: 'Alarm without data',
  appliesTo: 'CloudWatchAlarm',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 2,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'cloudwatch:DescribeAlarms StateValue, StateUpdatedTimestamp, Period, Metrics',
    'alarm prices by resolution',
  ],
  formula: 'price of an alarm of its resolution x the metrics it watches',
  implementation: [
    'Check that what the alarm watches is gone and not merely silent.',
    'Save the definition of the alarm (DescribeAlarms).',
    'Delete the alarm, or point it at the metric that replaced the old one.',
  ],
  rollback: 'Create the alarm again from the saved definition.',
  documentation: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  thresholds: [SILENT_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
    'https://aws.amazon.com/cloudwatch/pricing/',
  ],
  derivations: [cloudwatchAlarmListCost, cloudwatchAlarmListSaving, daysSince],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Alarm, subject.item);
  if (!item.ok) return item.verdict;
  const alarm = item.value;
  if (alarm.AlarmRule !== undefined || alarm.ThresholdMetricId !== undefined || metricsOf(alarm) === 0) return OK;
  if (alarm.StateValue !== 'INSUFFICIENT_DATA') return OK;
  if (alarm.StateUpdatedTimestamp === undefined) {
    return unknown('FIELD_MISSING', 'The answer has no usable StateUpdatedTimestamp.');
  }
  if (daysBefore(subject.asOf, alarm.StateUpdatedTimestamp) < limitOf(subject, SILENT_DAYS)) return OK;
  const kind = isHighResolution(alarm) ? 'alarm-high-resolution' : 'alarm';
  const prices = readPrices(subject, [`cloudwatch/${subject.resource.region}/${kind}/month`], 'No data for a month');
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const from = [source, ...prices.value.map(entrySource)];
  return {
    verdict: 'FINDING',
    statement:
      'The alarm has had no data for {silent_days} and costs {list_cost} at the list price of ' +
      `${priceDates(prices.value)}; delete it if what it watched is gone, else repair it: it does not warn.`,
    figures: [ageFigure(source, 'StateUpdatedTimestamp', { name: 'silent_days', asOf: subject.asOf })],
    listCost: listCost({ derivation: cloudwatchAlarmListCost, from }).request,
    listSaving: listSaving({ derivation: cloudwatchAlarmListSaving, from }).request,
    citations: citationsOf([source]),
    confidence: '0.70',
  };
}

/** Metrics the alarm reads and is charged for: one, or those of its metric math. */
const metricsOf = ({ Metrics }: Alarm): number =>
  Metrics === undefined || Metrics.length === 0 ? 1 : Metrics.filter((one) => one.MetricStat !== undefined).length;

const isHighResolution = ({ Period: own, Metrics = [] }: Alarm): boolean =>
  [own, ...Metrics.map((one) => one.MetricStat?.Period)].some(
    (seconds) => seconds !== undefined && seconds < STANDARD_PERIOD_SECONDS,
  );
