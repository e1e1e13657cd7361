import { ec2Id, word } from './chance.ts';
import { allHours, everyDay, partOfMonth } from './charges.ts';
import { type Fraction, add, ceiling, cents, divide, fraction, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { type Named, daily } from './metrics.ts';
import { advice, billedHours, billedMonths, finding, listMonth, onBill, waterfall } from './planted.ts';
import {
  type Answer,
  type Charge,
  type MetricSeries,
  NETWORK,
  type Part,
  type Planted,
  type PlantedUnknown,
  type Region,
  arn,
} from './sample.ts';

/** Functions, tables and caches. */
export function serverless(): Part {
  return {
    answers: [...functionAnswers(), ...TABLES.map(tableAnswer), cacheAnswer()],
    series: [...FUNCTIONS.flatMap(functionSeries), ...TABLES.flatMap(tableSeries)],
    charges: [...invoiceCharges(), ...TABLES.flatMap(tableCharges), ...CACHES.flatMap(cacheCharges)],
    planted: [...functionsPlanted(), ...tablesPlanted(), ...cachesPlanted()],
    unknown: [
      ...FUNCTIONS.flatMap(functionUnknown),
      ...TABLES.flatMap(tableUnknown),
      ...CACHES.map((one) => ({ resource: one.name, rule: 'elasticache-idle', reason: 'NO_METRICS' })),
    ],
  };
}

interface LambdaFunction {
  readonly name: string;
  readonly region: Region;
  /** None: a container image. */
  readonly runtime?: string;
  readonly arch: 'x86_64' | 'arm64';
  readonly memory: number;
  /** Invocations and milliseconds of the busiest hour; absent: not measured. */
  readonly busiest?: readonly [invocations: number, durationMs: number];
}

const FUNCTIONS: readonly LambdaFunction[] = [
  {
    name: 'invoice-pdf',
    region: 'us-east-1',
    runtime: 'python3.9',
    arch: 'x86_64',
    memory: 2048,
    busiest: [4200, 9_400_000],
  },
  {
    name: 'thumbnailer',
    region: 'us-east-1',
    runtime: 'nodejs22.x',
    arch: 'arm64',
    memory: 512,
    busiest: [900, 310_000],
  },
  { name: 'nightly-report', region: 'us-east-1', runtime: 'python3.13', arch: 'x86_64', memory: 1024 },
  { name: 'legacy-export', region: 'us-east-1', arch: 'x86_64', memory: 1024 },
  { name: 'eu-webhook', region: 'eu-west-1', runtime: 'nodejs24.x', arch: 'arm64', memory: 256 },
];

function functionAnswers(): Answer[] {
  return (['us-east-1', 'eu-west-1'] as const).map((region) => ({
    region,
    client: 'lambda',
    operation: 'ListFunctions',
    body: { Functions: FUNCTIONS.filter((one) => one.region === region).map(lambdaFunction) },
  }));
}

function lambdaFunction({ name, region, runtime, arch, memory }: LambdaFunction): object {
  return {
    FunctionName: name,
    FunctionArn: arn('lambda', region, `function:${name}`),
    ...(runtime === undefined ? {} : { Runtime: runtime }),
    Role: arn('iam', '', `role/fernway-${name}`),
    ...(runtime === undefined ? {} : { Handler: runtime.startsWith('python') ? 'app.handler' : 'index.handler' }),
    CodeSize: runtime === undefined ? 0 : 4_812_337,
    Description: '',
    Timeout: 60,
    MemorySize: memory,
    LastModified: '2025-02-19T09:40:27.000+0000',
    CodeSha256: word(`${name} code`, 43, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') + '=',
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: ['a', 'b', 'c'].map((part) => word(`${name} ${part}`, 8, '0123456789abcdef')).join('-'),
    PackageType: runtime === undefined ? 'Image' : 'Zip',
    Architectures: [arch],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: `/aws/lambda/${name}` },
  };
}

function functionSeries({ name, region, busiest }: LambdaFunction): MetricSeries[] {
  if (busiest === undefined) return [];
  const [invocations, durationMs] = busiest;
  const named = (metric: string): Named => ({
    region,
    namespace: 'AWS/Lambda',
    metric,
    dimensions: { FunctionName: name },
    stat: 'Sum',
  });
  return [daily(named('Invocations'), [0, invocations]), daily(named('Duration'), [0, durationMs])];
}

/** GB-seconds of invoice-pdf over the fourteen measured days. */
function invoiceGbSeconds(): Fraction {
  const [invoice] = FUNCTIONS;
  const duration = FUNCTIONS.flatMap(functionSeries).find(
    (one) => one.metric === 'Duration' && one.dimensions['FunctionName'] === invoice?.name,
  );
  const ms = (duration?.values ?? []).reduce((total, value) => total + BigInt(value), 0n);
  return divide(multiply(fraction(ms), fraction(invoice?.memory ?? 0)), fraction(1000 * 1024));
}

/** Billed at the mean day of the fourteen. */
function invoiceCharges(): Charge[] {
  const perDay = divide(invoiceGbSeconds(), fraction(14));
  return [
    {
      region: 'us-east-1',
      service: 'lambda',
      resourceId: arn('lambda', 'us-east-1', 'function:invoice-pdf'),
      resourceType: 'Function',
      description: 'AWS Lambda - Total Compute - US East (Northern Virginia)',
      unit: 'Lambda-GB-Second',
      unitPrice: price('lambda/us-east-1/x86/gb-second'),
      quantity: () => perDay,
      environment: 'prod',
    },
  ];
}

/** USD a month of the measured duration at a price a GB-second: fourteen days scaled to 30.44. */
const monthly = (usd: Fraction): Fraction => multiply(invoiceGbSeconds(), divide(fraction('30.44'), fraction(14)), usd);

function functionsPlanted(): Planted[] {
  const x86 = price('lambda/us-east-1/x86/gb-second');
  const saving = cents(monthly(subtract(x86, price('lambda/us-east-1/arm/gb-second'))));
  const arm = onBill({ listSaving: saving, listCost: cents(monthly(x86)), billed: monthly(x86) });
  return [
    finding('invoice-pdf', 'lambda-arm64', arm),
    advice('invoice-pdf', 'lambda-deprecated-runtime'),
    advice('thumbnailer', 'lambda-runtime-ends-soon'),
    advice('nightly-report', 'lambda-arm64'),
  ];
}

/** Whether nobody calls a function needs a month of metrics; the sample has fourteen days. */
function functionUnknown({ name, runtime, busiest }: LambdaFunction): PlantedUnknown[] {
  const idle = {
    resource: name,
    rule: 'lambda-idle',
    reason: busiest === undefined ? 'NO_METRICS' : 'METRICS_INCOMPLETE',
  };
  return runtime === undefined ? [idle, { resource: name, rule: 'lambda-arm64', reason: 'FIELD_MISSING' }] : [idle];
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

function tableAnswer({ name, gib, units }: Table): Answer {
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

function tableSeries({ name, busiest }: Table): MetricSeries[] {
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

function tableCharges({ name, gib, units }: Table): Charge[] {
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
const tableUnknown = ({ name, busiest }: Table): PlantedUnknown[] =>
  busiest === undefined ? [{ resource: name, rule: 'dynamodb-idle', reason: 'NO_METRICS' }] : [];

/** Units that so much consumption a second needs at 70 % use. */
const need = (perSecond: number): Fraction => ceiling(divide(fraction(perSecond * 100), fraction(70)));

/** Units above what the busiest hour needs at 70 % use, and what all of them cost. */
function tablesPlanted(): Planted[] {
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

const CACHES = [
  { name: 'sessions-001', type: 'cache.t4g.small', version: '7.1.0', isExtended: false },
  { name: 'geo-lookup', type: 'cache.t3.small', version: '5.0.6', isExtended: true },
] as const;

type Cache = (typeof CACHES)[number];

const cacheAnswer = (): Answer => ({
  region: 'us-east-1',
  client: 'elasticache',
  operation: 'DescribeCacheClusters',
  body: { CacheClusters: CACHES.map(cacheCluster) },
});

const cacheCluster = ({ name, type, version }: Cache): object => ({
  CacheClusterId: name,
  ClientDownloadLandingPage: 'https://console.aws.amazon.com/elasticache/home#client-download:',
  CacheNodeType: type,
  Engine: 'redis',
  EngineVersion: version,
  CacheClusterStatus: 'available',
  NumCacheNodes: 1,
  PreferredAvailabilityZone: 'us-east-1a',
  CacheClusterCreateTime: '2022-03-17T09:55:04.610000+00:00',
  PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
  PendingModifiedValues: {},
  CacheSecurityGroups: [],
  CacheParameterGroup: {
    CacheParameterGroupName: `default.redis${version.startsWith('7') ? '7' : '5.0'}`,
    ParameterApplyStatus: 'in-sync',
    CacheNodeIdsToReboot: [],
  },
  CacheSubnetGroupName: `fernway-${NETWORK['us-east-1'].vpc}`,
  AutoMinorVersionUpgrade: true,
  SecurityGroups: [{ SecurityGroupId: ec2Id('sg', 'us-east-1 caches'), Status: 'active' }],
  SnapshotRetentionLimit: 0,
  SnapshotWindow: '07:00-08:00',
  AuthTokenEnabled: false,
  TransitEncryptionEnabled: false,
  AtRestEncryptionEnabled: false,
  ARN: arn('elasticache', 'us-east-1', `cluster:${name}`),
  ReplicationGroupLogDeliveryEnabled: false,
  LogDeliveryConfigurations: [],
  NetworkType: 'ipv4',
  IpDiscovery: 'ipv4',
});

const nodePrice = (engine: 'redis' | 'valkey', type: string): Fraction =>
  price(`elasticache/us-east-1/${engine}/${type}`);

/** The extended-support surcharge of an hour of a node: a share of its price. */
const extendedPrice = (type: string): Fraction =>
  multiply(nodePrice('redis', type), price('extended-support-price/elasticache-redis/all/node-hour/EXTENDED_YEAR_1_2'));

function cacheCharges({ name, type, isExtended }: Cache): Charge[] {
  const charge = (description: string, unitPrice: Fraction): Charge => ({
    region: 'us-east-1',
    zone: 'us-east-1a',
    service: 'elasticache',
    resourceId: arn('elasticache', 'us-east-1', `cluster:${name}`),
    resourceType: 'Cache Node',
    description,
    unit: 'Hrs',
    unitPrice,
    quantity: allHours(),
    environment: 'prod',
  });
  const node = charge(`per ${type} node hour running Redis`, nodePrice('redis', type));
  if (!isExtended) return [node];
  return [node, charge(`per ${type} node hour of Extended Support Year 1-2 for Redis OSS 5`, extendedPrice(type))];
}

function cachesPlanted(): Planted[] {
  const moved = (now: Fraction, next: Fraction, billed: Fraction) =>
    onBill({ listSaving: listMonth(subtract(now, next)), listCost: listMonth(now), billed });
  const valkey = (type: string, billed: Fraction) => moved(nodePrice('redis', type), nodePrice('valkey', type), billed);
  const [plain, extended] = [CACHES[0].type, CACHES[1].type];
  const billed = billedHours(add(nodePrice('redis', extended), extendedPrice(extended)));
  return [
    finding(CACHES[0].name, 'elasticache-redis-to-valkey', valkey(plain, billedHours(nodePrice('redis', plain)))),
    ...waterfall(CACHES[1].name, billed, [
      {
        options: [
          ['elasticache-extended-support', listMonth(extendedPrice(extended))],
          ['elasticache-graviton', moved(nodePrice('redis', extended), nodePrice('redis', plain), billed)],
          ['elasticache-redis-to-valkey', valkey(extended, billed)],
        ],
      },
    ]),
  ];
}
