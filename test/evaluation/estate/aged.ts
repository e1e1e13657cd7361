import { ec2Id } from '../../demo/chance.ts';
import { byHour, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type MetricLine, type Planned, type Site, type Truth } from './planned.ts';
import { daysAgo, line, officeHours } from './workload.ts';

const RDS = 'Amazon Relational Database Service';

/** What AWS says of a version on the day of judgement. */
type Support = 'standard' | 'ends within months' | 'extended' | 'extended, third year';

/**
 * Versions of databases with AWS's word on them. Source: RDS user guide, release calendars of MySQL and PostgreSQL, read 2026-11-20:
 * MySQL 8.0 is in extended support since 2026-08-01 and 5.7 in its third year since 2026-03-01; PostgreSQL 13 since 2026-03-01,
 * 11 in its third year since 2026-04-01; 14 is supported to 2027-02-28.
 */
const VERSIONS: readonly { engine: 'mysql' | 'postgres'; version: string; support: Support }[] = [
  { engine: 'mysql', version: '8.4.3', support: 'standard' },
  { engine: 'mysql', version: '8.0.40', support: 'extended' },
  { engine: 'mysql', version: '5.7.44', support: 'extended, third year' },
  { engine: 'postgres', version: '17.2', support: 'standard' },
  { engine: 'postgres', version: '14.15', support: 'ends within months' },
  { engine: 'postgres', version: '13.18', support: 'extended' },
  { engine: 'postgres', version: '11.22', support: 'extended, third year' },
];

/** A database on arm at work, of a version AWS supports, charges more for, or soon will. */
export function agedDatabase({ draw, name, region, terms }: Site): Planned {
  const { engine, version, support } = draw.pick(VERSIONS);
  const isCopied = draw.is(30);
  const id = `ledger-${ec2Id('d', name).slice(3, 11)}`;
  const gib = draw.whole(50, 300);
  const copies = isCopied ? 2 : 1;
  // A db.m6g.large has two vCPUs; a copy has as many.
  const rate = `rds/${region}/extended-support-year-${support === 'extended' ? '1-2' : '3'}/vcpu-hour`;
  const isCharged = support.startsWith('extended');
  const price = listPrice(rate);
  const usd = byHour(price === undefined ? undefined : price * 2 * copies, terms);
  const arn = `arn:aws:rds:${region}:${ACCOUNT}:db:${id}`;
  const hour = chargedPrice(`rds/${region}/${engine}/db.m6g.large/${isCopied ? 'multi-az' : 'single-az'}`);
  return {
    type: 'RdsDbInstance',
    id,
    region,
    workload: `${engine} ${version}${isCopied ? ' Multi-AZ' : ''}`,
    pieces: [
      {
        client: 'rds',
        operation: 'DescribeDBInstances',
        member: 'DBInstances',
        item: {
          DBInstanceIdentifier: id,
          DBInstanceClass: 'db.m6g.large',
          Engine: engine,
          EngineVersion: version,
          DBInstanceStatus: 'available',
          MultiAZ: isCopied,
          StorageType: 'gp3',
          AllocatedStorage: gib,
          InstanceCreateTime: daysAgo(900),
          DBInstanceArn: arn,
          TagList: [{ Key: 'environment', Value: 'production' }],
        },
      },
    ],
    lines: [connections(id)],
    billedAs: arn,
    charges: [
      { service: RDS, what: 'db.m6g.large', usdHour: hour },
      {
        service: RDS,
        what: 'gp3 storage',
        usdMonth: chargedPrice(`rds/${region}/storage/gp3/gb-month`) * gib * copies,
      },
      ...(isCharged ? [{ service: RDS, what: 'extended support', usdHour: chargedPrice(rate) * 2 * copies }] : []),
    ],
    waste: {
      ...(isCharged ? { 'database out of standard support': usd } : {}),
      ...(support === 'ends within months' ? { 'database soon out of support': 'advice' as const } : {}),
    },
    ...(isCharged && usd === 'unpriced' ? {} : { best: isCharged ? Number(usd) : 0 }),
  };
}

/** People use a database in office hours. */
export const connections = (id: string): MetricLine =>
  line({
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: id },
    metric: 'DatabaseConnections',
    stat: 'Maximum',
    demand: officeHours,
    peak: 60,
  });

/** A Redis cache at work: of version 5, for which AWS charges 80 % more since 2026-02-01, or of a supported one. Source: ElastiCache user guide and pricing page, "Extended Support", read 2026-11-20. */
export function agedCache({ draw, name, region, terms }: Site): Planned {
  const isOld = draw.is(45);
  const id = `cart-${ec2Id('c', name).slice(3, 11)}`;
  const key = `elasticache/${region}/redis/cache.r6g.large`;
  const valkey = listPrice(`elasticache/${region}/valkey/cache.r6g.large`);
  const now = listPrice(key);
  const extra = byHour(now === undefined ? undefined : now * 0.8, terms);
  const moved = byHour(now === undefined || valkey === undefined ? undefined : now - valkey, terms);
  const arn = `arn:aws:elasticache:${region}:${ACCOUNT}:cluster:${id}`;
  const hits = (metric: string, peak: number) =>
    line({
      namespace: 'AWS/ElastiCache',
      dimensions: { CacheClusterId: id },
      metric,
      stat: 'Sum',
      demand: officeHours,
      peak,
    });
  const saved = [moved, ...(isOld ? [extra] : [])];
  return {
    type: 'ElastiCacheCluster',
    id,
    region,
    workload: isOld ? 'Redis 5' : 'Redis 7',
    pieces: [
      {
        client: 'elasticache',
        operation: 'DescribeCacheClusters',
        member: 'CacheClusters',
        item: {
          CacheClusterId: id,
          CacheClusterStatus: 'available',
          CacheNodeType: 'cache.r6g.large',
          Engine: 'redis',
          EngineVersion: isOld ? '5.0.6' : '7.1.0',
          NumCacheNodes: 1,
          ARN: arn,
        },
      },
    ],
    lines: [hits('CacheHits', 90_000), hits('CacheMisses', 4_000)],
    billedAs: arn,
    charges: [
      { service: 'Amazon ElastiCache', what: 'cache.r6g.large', usdHour: chargedPrice(key) },
      ...(isOld ? [{ service: 'Amazon ElastiCache', what: 'extended support', usdHour: chargedPrice(key) * 0.8 }] : []),
    ],
    waste: {
      'cache with the dearer engine': moved,
      ...(isOld ? { 'cache out of standard support': extra } : {}),
    },
    ...(saved.includes('unpriced') ? {} : { best: saved.reduce<number>((sum, one) => sum + Number(one), 0) }),
  };
}

/**
 * Runtimes with AWS's word on them: supported for more than a year, its end announced by AWS (half a year before), or ended.
 * Source: Lambda developer guide, "Lambda runtimes", read 2026-11-20.
 */
const RUNTIMES = {
  'python3.13': 'supported',
  'nodejs24.x': 'supported',
  java17: 'ends within a year',
  'nodejs22.x': 'end announced',
  'ruby3.3': 'end announced',
  'nodejs18.x': 'ended',
  'python3.9': 'ended',
} as const;

/** A function on arm that is called all day, of one of those runtimes. */
export function agedFunction({ draw, name, region }: Site): Planned {
  const runtime = draw.pick(Object.keys(RUNTIMES) as (keyof typeof RUNTIMES)[]);
  const state = RUNTIMES[runtime];
  const id = `old-${ec2Id('f', name).slice(3, 13)}`;
  const truth: Partial<Record<string, Truth>> = { 'end announced': 'advice', 'ends within a year': 'unclear' };
  const soon = truth[state];
  const sum = (metric: string, peak: number) =>
    line({ namespace: 'AWS/Lambda', dimensions: { FunctionName: id }, metric, stat: 'Sum', demand: officeHours, peak });
  return {
    type: 'LambdaFunction',
    id,
    region,
    workload: runtime,
    pieces: [
      {
        client: 'lambda',
        operation: 'ListFunctions',
        member: 'Functions',
        item: {
          FunctionName: id,
          FunctionArn: `arn:aws:lambda:${region}:${ACCOUNT}:function:${id}`,
          Runtime: runtime,
          MemorySize: 256,
          Architectures: ['arm64'],
          PackageType: 'Zip',
          LastModified: daysAgo(300),
        },
      },
    ],
    lines: [sum('Invocations', 2_000), sum('Duration', 90_000)],
    charges: [],
    waste: {
      ...(state === 'ended' ? { 'function on a runtime that ended': 'advice' as const } : {}),
      ...(soon === undefined ? {} : { 'function whose runtime ends soon': soon }),
    },
    best: 0,
  };
}
