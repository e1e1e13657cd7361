import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { Decimal, formatUsd, perMonth } from '../../money.ts';
import { type Idleness, readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { unitPrice } from '../reading/prices.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, noPrice, readItem, unknown } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'DYNAMODB_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without a consumed unit',
  source:
    'AWS Compute Optimizer, default look-back of idle resources 14 days, read 2026-08-21; CloudBurn, read 2026-04-09, uses 30',
};

/** Metrics of reads, then of writes. */
const CONSUMED = ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'];

/** Bytes of a GB of table storage. Source: DynamoDB pricing, GB of 2^30 bytes, stated 2026-11-21, page not re-read. */
const BYTES_PER_GB = 2 ** 30;

const Table = z.object({
  TableName: z.string(),
  TableStatus: z.string(),
  TableSizeBytes: z.int().nonnegative(),
  BillingModeSummary: z.object({ BillingMode: z.string().optional() }).optional(),
  TableClassSummary: z.object({ TableClass: z.string().optional() }).optional(),
  GlobalSecondaryIndexes: z.array(z.unknown()).optional(),
  Replicas: z.array(z.unknown()).optional(),
  ProvisionedThroughput: z
    .object({ ReadCapacityUnits: z.int().nonnegative(), WriteCapacityUnits: z.int().nonnegative() })
    .optional(),
});
type Table = z.infer<typeof Table>;

const define = (name: string) =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => {
      const { TableSizeBytes, ProvisionedThroughput } = Table.parse(cited[0]);
      const stored = unitPrice(cited[1]).times(new Decimal(TableSizeBytes).div(BYTES_PER_GB));
      const reads = unitPrice(cited[2]).times(ProvisionedThroughput?.ReadCapacityUnits ?? 0);
      const writes = unitPrice(cited[3]).times(ProvisionedThroughput?.WriteCapacityUnits ?? 0);
      return formatUsd(stored.plus(perMonth(reads.plus(writes))));
    },
  });

/** Monthly list cost of storage and provisioned units: cited = the table, the prices of a GB-month, an RCU hour and a WCU hour. */
export const dynamodbIdleListCost = define('dynamodb-idle-list-cost');

/** Deleting the table saves all of it; an on-demand table has no provisioned units. */
export const dynamodbIdleListSaving = define('dynamodb-idle-list-saving');

/** A table nobody read or wrote. */
export const dynamodbIdle = defineRule({
  id: 'dynamodb-idle',
  ref: 'DDB-01',
  role: 'rightsizing',
  service: 'dynamodb',
  title: 'Table nobody reads or writes',
  appliesTo: 'DynamoDbTable',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'dynamodb:DescribeTable BillingModeSummary, ProvisionedThroughput, TableSizeBytes',
    'AWS/DynamoDB ConsumedReadCapacityUnits, ConsumedWriteCapacityUnits Sum',
    'prices of capacity units and storage',
  ],
  formula: '(RCU x price + WCU x price) x 730 + stored GB x price',
  implementation: [
    'Ask the owner whether anything still needs the table.',
    'Take an on-demand backup or export the table to S3.',
    'Delete the table.',
  ],
  rollback: 'Restore the table from the backup.',
  documentation:
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_UnusedResources.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_UnusedResources.html',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
    'https://aws.amazon.com/dynamodb/pricing/',
  ],
  derivations: [dynamodbIdleListCost, dynamodbIdleListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Table, subject.item);
  if (!item.ok) return item.verdict;
  const table = item.value;
  if (table.TableStatus !== 'ACTIVE' || (table.Replicas ?? []).length > 0) return OK;
  const minDays = limitOf(subject, IDLE_DAYS);
  const unused = readIdleness(subject, {
    metrics: CONSUMED.map((metric) => ({ namespace: 'AWS/DynamoDB', metric, stats: ['Sum'], sparse: true, minDays })),
    measure: { name: 'units', unit: 'units', derivation: metricTotal },
  });
  return unused.ok ? idle(subject, table, unused.value) : unused.verdict;
}

function idle(subject: Subject, table: Table, { measured, days }: Idleness): Verdict {
  if ((table.GlobalSecondaryIndexes ?? []).length > 0) {
    return unknown('METRICS_INCOMPLETE', 'The table has indexes whose reads are not in the table series.');
  }
  if ((table.TableClassSummary?.TableClass ?? 'STANDARD') !== 'STANDARD') {
    return noPrice(`dynamodb/${subject.resource.region}/infrequent-access`);
  }
  const at = `dynamodb/${subject.resource.region}`;
  return removal(subject, {
    priceKeys: [`${at}/storage/gb-month`, `${at}/rcu/hour`, `${at}/wcu/hour`],
    known: 'Neither read nor written in the look-back',
    listCost: dynamodbIdleListCost,
    listSaving: dynamodbIdleListSaving,
    statement: (dates) =>
      'The table consumed {units} in {days}, reads and writes together, and costs {list_cost} at list prices of ' +
      `${dates}; export it to S3 or back it up, then delete it.`,
    figures: [measured, days],
    confidence: '0.80',
  });
}
