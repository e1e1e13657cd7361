import { describe, expect, it } from 'vitest';
import { isJsonObject } from '@infrafabric/protocol';
import { anEvidenceId } from '../testing/index.ts';
import { PRICE_TABLE } from './dated-tables.ts';
import { quote } from './quote.ts';
import { openTable } from './table.ts';
import { Decimal, sum } from '../money.ts';
import { type GoldenLine, readGoldenLines } from './testing/golden-file.ts';
import { type GoldenUsage, usageOf } from './testing/golden-usage.ts';
import type { Entry } from '../model/rule.ts';

/**
 * The oracle: list-price lines that an independent tool printed from the AWS price list. The file rounds costs to cents, so a line is
 * reproduced when ours differs by at most half a cent; a line without a quantity when our unit price rounds to what it prints.
 *
 * Circularity: entries whose only source is the golden file itself (`source` names it and nobody confirms them) show that the engine
 * multiplies and tiers, not that the price is right. A line counts as independent only when every entry it uses has another source: a bill, a published list, a public text.
 */
const GOLDEN_SOURCE = 'infracost golden outputs';
const lines = readGoldenLines();
const prices = openTable(PRICE_TABLE, anEvidenceId('prices'));

interface Outcome {
  readonly line: GoldenLine;
  readonly reproduced: boolean;
  readonly independent: boolean;
  readonly got: string;
}

describe.skipIf(lines === undefined)('the golden lines (skipped: INFRAFABRIC_TEST_DATA has no data/prices)', () => {
  const read = (lines ?? []).map((line) => ({ line, asked: usageOf(line) }));
  const covered = read.flatMap(({ line, asked }) => (asked === undefined ? [] : [{ line, asked }]));
  const outcomes = covered.map(({ line, asked }) => outcomeOf(line, asked, covered));
  const withCost = outcomes.filter(({ line }) => line.quantity !== '');
  const missed = (of: readonly Outcome[]) => of.filter(({ reproduced }) => !reproduced).map(nameOf);

  it('are 1,323, of which 1,055 state a quantity and a cost', () => {
    expect([read.length, read.filter(({ line }) => line.quantity !== '').length]).toStrictEqual([1323, 1055]);
  });

  it('are covered and reproduced within rounding, the misses by name', () => {
    expect({
      with_cost: { covered: withCost.length, missed: missed(withCost) },
      price_only: {
        covered: outcomes.length - withCost.length,
        missed: missed(outcomes.filter(({ line }) => line.quantity === '')),
      },
    }).toStrictEqual(KNOWN);
  });

  it('are more than 600, and at least 99 % of those are reproduced', () => {
    expect(withCost.length).toBeGreaterThanOrEqual(600);
    expect(withCost.filter(({ reproduced }) => reproduced).length / withCost.length).toBeGreaterThanOrEqual(0.99);
  });

  it('rest on a source other than the golden file in this many cases', () => {
    const independent = withCost.filter((outcome) => outcome.independent);
    expect({
      covered: independent.length,
      reproduced: independent.filter(({ reproduced }) => reproduced).length,
    }).toStrictEqual(INDEPENDENT);
  });

  it('are not covered where the file does not say enough, or nothing is metered', () => {
    const names = read.filter(({ asked }) => asked === undefined).map(({ line }) => `${line.test}: ${line.component}`);
    expect([...new Set(names)].toSorted()).toStrictEqual(UNCOVERED);
  });
});

/** AWS ends the first two tiers of interface endpoints at 1,048,576 and 5,242,880 GB (AmazonVPC offer, 2026-09); the golden test at 1 and 5 million. */
const KNOWN = {
  with_cost: {
    covered: 995,
    missed: [
      'vpc_endpoint aws_vpc_endpoint.interface_withBigUsage Data processed (first 1PB): 1000000.0 costs 10000.0, got 10485.76',
      'vpc_endpoint aws_vpc_endpoint.interface_withBigUsage Data processed (next 4PB): 4000000.0 costs 24000.0, got 25165.824',
      'vpc_endpoint aws_vpc_endpoint.interface_withBigUsage Data processed (over 5PB): 2000000.0 costs 8000.0, got 7028.48',
    ],
  },
  price_only: { covered: 235, missed: [] },
};

const INDEPENDENT = { covered: 495, reproduced: 495 };
const UNCOVERED: readonly string[] = [
  'autoscaling_group: Instance usage (Linux/UNIX, reserved, t3.medium)',
  'db_instance: Database instance (reserved, Multi-AZ, db.t3.large)',
  'db_instance: Database instance (reserved, Single-AZ, db.t3.large)',
  'dms: Instance (t2.micro)',
  'dms: Storage (general purpose SSD, gp2)',
  'dynamodb_table: Replicated write capacity unit (rWCU)',
  'dynamodb_table: Replicated write request unit (rWRU)',
  'eks_node_group: EBS-optimized usage',
  'eks_node_group: Instance usage (Linux/UNIX, reserved, t3.medium)',
  'elastic_beanstalk_environment: Additional backup storage',
  'elastic_beanstalk_environment: Database instance (on-demand, Multi-AZ, db.m6g.xlarge)',
  'elasticache_cluster: ElastiCache (reserved, cache.m6g.12xlarge)',
  'global_accelerator_endpoint_group: Inbound DT-premium fee',
  'global_accelerator_endpoint_group: Outbound DT-premium fee',
  'instance: Instance usage (Linux/UNIX, reserved, t3.medium)',
  'kinesis_firehose_delivery_stream: GET, SELECT, and all other requests',
  'kinesis_firehose_delivery_stream: PUT, COPY, POST, LIST requests',
  'kinesis_firehose_delivery_stream: Select data returned',
  'kinesis_firehose_delivery_stream: Select data scanned',
  'kinesis_firehose_delivery_stream: Storage',
  'lightsail_instance: Virtual server (Linux/UNIX)',
  'lightsail_instance: Virtual server (Windows)',
  'rds_cluster: Storage (I/O-optimized)',
  'rds_cluster_instance: Aurora serverless v2 (I/O-optimized)',
  'rds_cluster_instance: Database instance (reserved, db.r4.large)',
  'rds_cluster_instance: Database instance (reserved, db.t3.medium)',
  'rds_cluster_instance: Storage (I/O-optimized)',
  's3_bucket_v3: Object tagging',
  's3_bucket_v3: Select data returned',
  's3_bucket_v3: Select data returned (bulk)',
  's3_bucket_v3: Select data returned (expedited)',
  's3_bucket_v3: Select data returned (standard)',
  's3_bucket_v3: Select data scanned',
  's3_bucket_v3: Select data scanned (bulk)',
  's3_bucket_v3: Select data scanned (expedited)',
  's3_bucket_v3: Select data scanned (standard)',
  'sns_topic: API requests (over 1M)',
  'sns_topic: Email/Email-JSON notifications (over 1k)',
  'sns_topic: FIFO Publish API payload',
  'sns_topic: FIFO Publish API requests',
  'sns_topic: HTTP/HTTPS notifications (over 100k)',
  'sns_topic: Kinesis Firehose notifications',
  'sns_topic: MacOS notifications',
  'sns_topic: Mobile Push notifications',
  'sns_topic: SMS notifications (over 100)',
];

function outcomeOf(
  line: GoldenLine,
  { usage, tiered }: GoldenUsage,
  covered: readonly { readonly line: GoldenLine; readonly asked: GoldenUsage }[],
): Outcome {
  // The lines of one resource that are tiers of one key state one quantity together.
  const tiers = tiered
    ? covered.filter(
        ({ line: other, asked }) => asked.tiered && other.siblings === line.siblings && asked.usage.key === usage.key,
      )
    : [];
  const quantity = tiered ? sum(tiers.map(({ asked }) => asked.usage.quantity)) : usage.quantity;
  const [component] = quote([{ ...usage, quantity }], prices).components;
  const part = component?.parts[tiered ? tiers.findIndex(({ line: other }) => other === line) : 0];
  if (component === undefined || part === undefined)
    return { line, reproduced: false, independent: false, got: 'no price' };
  const got = tiered ? part.usd : component.usd;
  const entries = tiered ? [part.entry] : component.parts.map(({ entry }) => entry);
  return { line, reproduced: agrees(line, got), independent: entries.every(isIndependent), got: got.toFixed() };
}

function agrees(line: GoldenLine, got: Decimal): boolean {
  const printed = line.quantity === '' ? line.unitPrice : line.usd;
  const decimals = line.quantity === '' ? (printed.split('.')[1] ?? '').length : 2;
  return got
    .minus(printed)
    .abs()
    .lessThanOrEqualTo(new Decimal(5).times(new Decimal(10).pow(-decimals - 1)));
}

const isIndependent = ({ value }: Entry) => {
  const others = Array.isArray(value['confirmed_by']) ? value['confirmed_by'] : [];
  return [value, ...others].some((one) => isJsonObject(one) && !String(one['source']).startsWith(GOLDEN_SOURCE));
};

const nameOf = ({ line, got }: Outcome) =>
  `${line.test} ${line.resource} ${line.component}: ${line.quantity} costs ${line.usd || line.unitPrice}, got ${got}`;
