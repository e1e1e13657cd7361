import { type Cited, defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { FigureRequest, Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { type Decimal, formatUsd, perMonth } from '../../money.ts';
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
import { totalOf } from '../reading/metric-figures.ts';
import { daysOf, linesOf, readMetric } from '../reading/metrics.ts';
import { priceDates, unitPrice } from '../reading/prices.ts';
import { OK, type Reading, noPrice, read, readItem, readPrices } from '../reading/verdicts.ts';

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

const CONSUMED = { read: 'ConsumedReadCapacityUnits', write: 'ConsumedWriteCapacityUnits' };

/** A unit serves one request a second. Source: DynamoDB developer guide, "DynamoDB provisioned capacity mode", read 2026-11-20. */
const REQUESTS_AN_HOUR = 3600;
const MILLION = 1_000_000;

function provisionedCost(cited: readonly Cited[]): Decimal {
  const { ReadCapacityUnits, WriteCapacityUnits } = Table.parse(cited[0]).ProvisionedThroughput;
  return perMonth(unitPrice(cited[1]).times(ReadCapacityUnits).plus(unitPrice(cited[2]).times(WriteCapacityUnits)));
}

/** Requests of the cited lines at on-demand prices, scaled from the days they cover to a month of 730 hours. */
function onDemandCost(cited: readonly Cited[]): Decimal {
  const lines = linesOf(cited.slice(5));
  const of = (metric: string): Decimal => totalOf(lines.filter((line) => line.metric === metric)).div(MILLION);
  const cost = unitPrice(cited[3])
    .times(of(CONSUMED.read))
    .plus(unitPrice(cited[4]).times(of(CONSUMED.write)));
  return perMonth(cost.div(daysOf(lines).times(24)));
}

/** Monthly list cost of the provisioned units: cited = the table, the prices of an RCU hour and a WCU hour. */
export const dynamodbProvisionedToOnDemandListCost = defineDerivation({
  package: 'finops',
  name: 'dynamodb-provisioned-to-on-demand-list-cost',
  version: 1,
  compute: (cited) => formatUsd(provisionedCost(cited)),
});

/** Less what the measured requests cost on demand: cited = the table, the prices of an RCU and a WCU hour, of a million read and write requests, the metric lines. */
export const dynamodbProvisionedToOnDemandListSaving = defineDerivation({
  package: 'finops',
  name: 'dynamodb-provisioned-to-on-demand-list-saving',
  version: 1,
  compute: (cited) => formatUsd(provisionedCost(cited).minus(onDemandCost(cited))),
});

/** Use of a provisioned unit, in percent, from which it is cheaper than on-demand requests: cited = the price of a unit hour, the price of a million requests. */
export const dynamodbBreakEven = defineDerivation({
  package: 'finops',
  name: 'dynamodb-break-even',
  version: 1,
  compute: (cited) =>
    unitPrice(cited[0]).div(unitPrice(cited[1]).times(REQUESTS_AN_HOUR).div(MILLION)).times(100).toFixed(1),
});

/** A provisioned table whose requests cost less on demand. */
export const dynamodbProvisionedToOnDemand = defineRule({
  id: 'dynamodb-provisioned-to-on-demand',
  ref: 'DDB-03',
  role: 'pricing',
  service: 'dynamodb',
  title: 'Provisioned table that is cheaper on demand',
  appliesTo: 'DynamoDbTable',
  reads: [],
  actionType: 'Upgrade',
  step: 'rightsize',
  severity: 5,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'dynamodb:DescribeTable ProvisionedThroughput, BillingModeSummary, TableClassSummary',
    'AWS/DynamoDB ConsumedReadCapacityUnits, ConsumedWriteCapacityUnits Sum',
    'prices of capacity unit hours and of on-demand requests',
  ],
  formula:
    '(RCU x price + WCU x price) x 730 - requests of a month x on-demand price; the break-even use is unit hour / (3600 x request)',
  implementation: [
    'Check that no reserved capacity covers the table.',
    'Switch the table to on-demand (UpdateTable BillingMode PAY_PER_REQUEST).',
    'Set a maximum throughput if a runaway client would be a risk.',
  ],
  rollback: 'Switch back to provisioned; AWS allows four switches to on-demand a day.',
  documentation:
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_TableCapacityMode.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_TableCapacityMode.html',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  ],
  derivations: [dynamodbProvisionedToOnDemandListCost, dynamodbProvisionedToOnDemandListSaving, dynamodbBreakEven],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Table, subject.item);
  if (!item.ok) return item.verdict;
  const table = item.value;
  if (table.TableStatus !== 'ACTIVE' || table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return OK;
  const consumed = readConsumed(subject);
  if (!consumed.ok) return consumed.verdict;
  if ((table.TableClassSummary?.TableClass ?? 'STANDARD') !== 'STANDARD') {
    return noPrice(`dynamodb/${subject.resource.region}/infrequent-access`);
  }
  return compare(subject, consumed.value);
}

function readConsumed(subject: Subject): Reading<readonly Source[]> {
  const lines: Source[] = [];
  for (const metric of Object.values(CONSUMED)) {
    const found = readMetric(subject, { namespace: 'AWS/DynamoDB', metric, stats: ['Sum'], sparse: true });
    if (!found.ok) return found;
    lines.push(...found.value.series.map(seriesSource));
  }
  return read(lines);
}

function compare(subject: Subject, lines: readonly Source[]): Verdict {
  const at = `dynamodb/${subject.resource.region}`;
  const prices = readPrices(subject, [`${at}/rcu/hour`, `${at}/wcu/hour`, `${at}/rru/million`, `${at}/wru/million`]);
  if (!prices.ok) return prices.verdict;
  const item = itemSource(subject);
  const [rcu, wcu, rru, wru] = prices.value.map(entrySource);
  if (rcu === undefined || wcu === undefined || rru === undefined || wru === undefined) return OK;
  const saving = listSaving({
    derivation: dynamodbProvisionedToOnDemandListSaving,
    from: [item, rcu, wcu, rru, wru, ...lines],
  });
  if (!saving.value.greaterThan(0)) return OK;
  return {
    verdict: 'FINDING',
    statement:
      'The table uses less of its provisioned units than {break_even_reads} of reads and {break_even_writes} of writes, from where they pay off; ' +
      `on demand the same requests save {list_saving} at list prices of ${priceDates(prices.value)}.`,
    figures: [breakEven('break_even_reads', [rcu, rru]), breakEven('break_even_writes', [wcu, wru])],
    listCost: listCost({ derivation: dynamodbProvisionedToOnDemandListCost, from: [item, rcu, wcu] }).request,
    listSaving: saving.request,
    citations: citationsOf([item]),
    confidence: '0.75',
  };
}

const breakEven = (name: string, from: readonly Source[]): FigureRequest =>
  figure({ name, unit: '%', derivation: dynamodbBreakEven, from }).request;
