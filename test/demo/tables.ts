import { word } from './chance.ts';
import { everyDay, partOfMonth } from './charges.ts';
import { type Fraction, add, ceiling, divide, fraction, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { type Named, daily } from './metrics.ts';
import { billedHours, billedMonths, listMonth, onBill, waterfall } from './planted.ts';
import {
  type Answer,
  type Charge,
  type MetricSeries,
  type Part,
  type Planted,
  type PlantedUnknown,
  arn,
} from './sample.ts';

/** DynamoDB tables, their metrics and charges. */
export function tables(): Part {
  return {
    answers: TABLES.map(answer),
    series: TABLES.flatMap(seriesOf),
    charges: TABLES.flatMap(chargesOf),
    planted: planted(),
    unknown: TABLES.flatMap(unknownOf),
  };
}

interface Table {
  readonly name: string;
  readonly gib: number;
  /** Provisioned units; none: on demand. */
  readonly units?: { readonly read: number; readonly write: number };
  /** Units a second the busiest hour consumes. */
  readonly busiest?: { readonly read: number; readonly write: number };
}

const TABLES: readonly Table[] = [
  { name: 'tracking-events', gib: 40, units: { read: 200, write: 100 }, busiest: { read: 20, write: 8 } },
  { name: 'carts', gib: 3 },
];

function answer({ name, gib, units }: Table): Answer {
  const mode = units === undefined ? 'PAY_PER_REQUEST' : 'PROVISIONED';
  return {
    region: 'us-east-1',
    client: 'dynamodb',
    operation: 'DescribeTable',
    part: name,
    body: {
      Table: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        TableName: name,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        TableStatus: 'ACTIVE',
        CreationDateTime: '2023-05-22T11:08:54.302000+00:00',
        ProvisionedThroughput: {
          NumberOfDecreasesToday: 0,
          ReadCapacityUnits: units?.read ?? 0,
          WriteCapacityUnits: units?.write ?? 0,
        },
        TableSizeBytes: gib * 1024 ** 3,
        ItemCount: gib * 204_800,
        TableArn: arn('dynamodb', 'us-east-1', `table/${name}`),
        TableId: ['a', 'b', 'c'].map((part) => word(`${name} table ${part}`, 8, '0123456789abcdef')).join('-'),
        BillingModeSummary: { BillingMode: mode },
        DeletionProtectionEnabled: true,
      },
    },
  };
}

function seriesOf({ name, busiest }: Table): MetricSeries[] {
  if (busiest === undefined) return [];
  const consumed = (metric: string, unitsASecond: number): MetricSeries => {
    const named: Named = {
      region: 'us-east-1',
      namespace: 'AWS/DynamoDB',
      metric,
      dimensions: { TableName: name },
      stat: 'Sum',
    };
    const { values } = daily(named, [900, unitsASecond * 3600]);
    // The busiest hour is planted: Wednesday 2026-11-18, 16:00.
    return { ...named, values: values.with(12 * 24 + 16, unitsASecond * 3600) };
  };
  return [consumed('ConsumedReadCapacityUnits', busiest.read), consumed('ConsumedWriteCapacityUnits', busiest.write)];
}

/** Storage that costs: the first 25 GB of the account are free. */
const paidGib = (gib: number): number => Math.max(0, gib - 25);

function chargesOf({ name, gib, units }: Table): Charge[] {
  const charge = {
    region: 'us-east-1',
    service: 'dynamodb',
    resourceId: arn('dynamodb', 'us-east-1', `table/${name}`),
    resourceType: 'Table',
    environment: 'prod',
  } as const;
  const stored: Charge = {
    ...charge,
    description: 'per GB-Month of storage used beyond first 25 free GB-Months',
    unit: 'GB-Mo',
    unitPrice: price('dynamodb/us-east-1/storage/gb-month'),
    quantity: partOfMonth(paidGib(gib)),
  };
  if (units === undefined) return [stored];
  const provisioned = (kind: 'read' | 'write', key: string): Charge => ({
    ...charge,
    description: `per hour for units of ${kind} capacity`,
    unit: `${kind === 'read' ? 'Read' : 'Write'}CapacityUnit-Hrs`,
    unitPrice: price(`dynamodb/us-east-1/${key}/hour`),
    quantity: everyDay(24 * units[kind]),
  });
  return [provisioned('read', 'rcu'), provisioned('write', 'wcu'), stored];
}

/** A table without metrics may be idle. */
const unknownOf = ({ name, busiest }: Table): PlantedUnknown[] =>
  busiest === undefined ? [{ resource: name, rule: 'dynamodb-idle', reason: 'NO_METRICS' }] : [];

/** Units that so much consumption a second needs at 70 % use. */
const need = (perSecond: number): Fraction => ceiling(divide(fraction(perSecond * 100), fraction(70)));

/** Units above what the busiest hour needs at 70 % use, and what all of them cost. */
function planted(): Planted[] {
  const [table] = TABLES;
  const { units, busiest } = table ?? {};
  if (table === undefined || units === undefined || busiest === undefined) return [];
  const [rcu, wcu] = [price('dynamodb/us-east-1/rcu/hour'), price('dynamodb/us-east-1/wcu/hour')];
  const hourly = (read: Fraction, write: Fraction) => add(multiply(rcu, read), multiply(wcu, write));
  const cost = hourly(fraction(units.read), fraction(units.write));
  const saving = subtract(cost, hourly(need(busiest.read), need(busiest.write)));
  const stored = billedMonths(multiply(price('dynamodb/us-east-1/storage/gb-month'), fraction(paidGib(table.gib))));
  const billed = add(billedHours(cost), stored);
  return [
    ...waterfall(table.name, billed, [
      {
        options: [
          ['dynamodb-overprovisioned', onBill({ listSaving: listMonth(saving), listCost: listMonth(cost), billed })],
          // On demand the same requests save less than fitting units do.
          ['dynamodb-provisioned-to-on-demand', fraction(0)],
        ],
      },
    ]),
  ];
}
