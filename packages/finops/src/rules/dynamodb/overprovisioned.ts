import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { FigureRequest, Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatUsd, perMonth } from '../../money.ts';
import {
  type Source,
  citationsOf,
  entrySource,
  fieldFigure,
  figure,
  itemSource,
  citedNumber,
  listCost,
  listSaving,
  seriesSource,
} from '../reading/figures.ts';
import { type SeriesLine, linesOf, readMetric, valuesOf } from '../reading/metrics.ts';
import { percentile } from '../reading/percentile.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, type Reading, noPrice, read, readItem, readPrices } from '../reading/verdicts.ts';

const TARGET: Threshold = {
  name: 'DYNAMODB_TARGET_UTILISATION',
  value: 70,
  unit: '%',
  source: 'Own choice of 2026-11-20: the usual target of DynamoDB auto scaling; its page was not re-read',
};

const Table = z.object({
  TableName: z.string(),
  TableStatus: z.string(),
  BillingModeSummary: z.object({ BillingMode: z.string().optional() }).optional(),
  TableClassSummary: z.object({ TableClass: z.string().optional() }).optional(),
  ProvisionedThroughput: z.object({
    ReadCapacityUnits: z.int().nonnegative(),
    WriteCapacityUnits: z.int().nonnegative(),
  }),
});

const Params = z.object({ target: z.number().positive() });

const METRICS = { read: 'ConsumedReadCapacityUnits', write: 'ConsumedWriteCapacityUnits' };

/** Units a month of the provisioned throughput: cited = the table, the RCU hour price, the WCU hour price. */
export const dynamodbOverprovisionedListCost = defineDerivation({
  package: 'finops',
  name: 'dynamodb-overprovisioned-list-cost',
  version: 1,
  compute: (cited) => {
    const { ReadCapacityUnits, WriteCapacityUnits } = Table.parse(cited[0]).ProvisionedThroughput;
    const hourly = unitPrice(cited[1]).times(ReadCapacityUnits).plus(unitPrice(cited[2]).times(WriteCapacityUnits));
    return formatUsd(perMonth(hourly));
  },
});

/**
 * Units above what the busiest step needs at the target utilisation, a month: cited = the table, the two prices, the metric lines.
 *
 * A step's need is its consumed units a second over `target` %, rounded up, at least one unit.
 */
export const dynamodbOverprovisionedListSaving = defineDerivation({
  package: 'finops',
  name: 'dynamodb-overprovisioned-list-saving',
  version: 1,
  compute: (cited, params) => {
    const { target } = Params.parse(params);
    const { ReadCapacityUnits, WriteCapacityUnits } = Table.parse(cited[0]).ProvisionedThroughput;
    const lines = linesOf(cited.slice(3));
    const reads = spare(ReadCapacityUnits, needOf(lines, METRICS.read, target)).times(unitPrice(cited[1]));
    const writes = spare(WriteCapacityUnits, needOf(lines, METRICS.write, target)).times(unitPrice(cited[2]));
    return formatUsd(perMonth(reads.plus(writes)));
  },
});

/** Capacity units the busiest step of the cited lines needs at `target` %. */
export const dynamodbOverprovisionedNeed = defineDerivation({
  package: 'finops',
  name: 'dynamodb-overprovisioned-need',
  version: 1,
  compute: (cited, params) => needOf(linesOf(cited), undefined, Params.parse(params).target).toFixed(),
});

/** A table with provisioned throughput far above what its busiest hour consumed. Indexes are not judged. */
export const dynamodbOverprovisioned = defineRule({
  id: 'dynamodb-overprovisioned',
  ref: 'DDB-02',
  role: 'rightsizing',
  service: 'dynamodb',
  title: 'Table with more provisioned throughput than it uses',
  appliesTo: 'DynamoDbTable',
  reads: [],
  actionType: 'Rightsize',
  step: 'rightsize',
  severity: 4,
  effort: 'VeryLow',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'dynamodb:DescribeTable ProvisionedThroughput, BillingModeSummary, TableClassSummary',
    'AWS/DynamoDB ConsumedReadCapacityUnits, ConsumedWriteCapacityUnits Sum',
    'prices of capacity units',
  ],
  formula:
    '(provisioned - need) x price x 730 for reads and writes; need = units of the busiest step / target utilisation, rounded up',
  implementation: [
    'Turn on auto scaling with the target utilisation, or lower the units to the need of the finding.',
    'Watch ThrottledRequests for a week.',
  ],
  rollback: 'Raise the units again; a table can be raised at any time, lowered only some times a day.',
  documentation: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html',
  thresholds: [TARGET],
  sources: [
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_TableCapacityMode.html',
    'https://aws.amazon.com/dynamodb/pricing/provisioned/',
  ],
  derivations: [
    dynamodbOverprovisionedListCost,
    dynamodbOverprovisionedListSaving,
    dynamodbOverprovisionedNeed,
    citedNumber,
  ],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Table, subject.item);
  if (!item.ok) return item.verdict;
  const table = item.value;
  const { ReadCapacityUnits, WriteCapacityUnits } = table.ProvisionedThroughput;
  if (table.TableStatus !== 'ACTIVE' || table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return OK;
  if (ReadCapacityUnits <= 1 && WriteCapacityUnits <= 1) return OK;
  const consumed = readConsumed(subject);
  if (!consumed.ok) return consumed.verdict;
  if ((table.TableClassSummary?.TableClass ?? 'STANDARD') !== 'STANDARD') {
    return noPrice(`dynamodb/${subject.resource.region}/infrequent-access`);
  }
  return finding(subject, consumed.value);
}

/** Metric lines of reads and of writes. */
function readConsumed(subject: Subject): Reading<readonly [Lines, Lines]> {
  const spec = { namespace: 'AWS/DynamoDB', stats: ['Sum'], sparse: true, maxPeriodSeconds: 3600 };
  const reads = readMetric(subject, { ...spec, metric: METRICS.read });
  if (!reads.ok) return reads;
  const writes = readMetric(subject, { ...spec, metric: METRICS.write });
  if (!writes.ok) return writes;
  return read([reads.value.series.map(seriesSource), writes.value.series.map(seriesSource)]);
}

type Lines = readonly Source[];

function finding(subject: Subject, [reads, writes]: readonly [Lines, Lines]): Verdict {
  const at = `dynamodb/${subject.resource.region}`;
  const prices = readPrices(subject, [`${at}/rcu/hour`, `${at}/wcu/hour`]);
  if (!prices.ok) return prices.verdict;
  const source = itemSource(subject);
  const now = Table.parse(subject.item).ProvisionedThroughput;
  const from = [source, ...prices.value.map(entrySource)];
  const params = { target: limitOf(subject, TARGET) };
  const saving = listSaving({
    derivation: dynamodbOverprovisionedListSaving,
    from: [...from, ...reads, ...writes],
    params,
  });
  if (!saving.value.greaterThan(0)) return OK;
  const need = (name: string, unit: string, lines: Lines) =>
    figure({ name, unit, derivation: dynamodbOverprovisionedNeed, from: lines, params });
  const needs = { rcu: need('rcu_need', 'RCU', reads), wcu: need('wcu_need', 'WCU', writes) };
  const unitsOf = (field: string, name: string, unit: string): FigureRequest =>
    fieldFigure(source, ['ProvisionedThroughput', field], { name, unit });
  return {
    verdict: 'FINDING',
    statement:
      `The table pays for {rcu} and {wcu}; its busiest step needs {rcu_need} and {wcu_need} at ${params.target} % use, ` +
      `so lowering them saves {list_saving} at list prices of ${priceDates(prices.value)}. Shorter peaks than a step are not seen.`,
    figures: [
      unitsOf('ReadCapacityUnits', 'rcu', 'RCU'),
      unitsOf('WriteCapacityUnits', 'wcu', 'WCU'),
      needs.rcu.request,
      needs.wcu.request,
    ],
    listCost: listCost({ derivation: dynamodbOverprovisionedListCost, from }).request,
    listSaving: saving.request,
    citations: citationsOf([source]),
    confidence: '0.60',
    target: {
      read_capacity_units: lowered(now.ReadCapacityUnits, needs.rcu.value),
      write_capacity_units: lowered(now.WriteCapacityUnits, needs.wcu.value),
    },
  };
}

const lowered = (now: number, needed: Decimal): string => Decimal.min(now, needed).toFixed();

/** Units needed by the busiest step of the lines of one metric (or of all). */
function needOf(lines: readonly SeriesLine[], metric: string | undefined, target: number): Decimal {
  const chosen = lines.filter((line) => metric === undefined || line.metric === metric);
  const rates = chosen.map((line) => new Decimal(percentile(valuesOf([line]), 1000)).div(line.period_seconds));
  return Decimal.max(
    1,
    Decimal.max(0, ...rates)
      .times(100)
      .div(target)
      .ceil(),
  );
}

const spare = (provisioned: number, need: Decimal): Decimal => Decimal.max(0, need.negated().plus(provisioned));
