import { ec2Id } from '../../demo/chance.ts';
import { bestOf, byHour, byMonth, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Planned, type Site, type Terms, type Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { daysAgo, line, monthlyJob, never, nightlyJob, officeHours } from './workload.ts';

const arn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;

/** A function: called all day, once a month or never; on x86 or arm. */
export function lambda({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ called: 65, 'monthly job': 10, 'never called': 25 });
  const kind = draw.is(65) ? 'x86' : 'arm';
  const id = `fn-${ec2Id('f', name).slice(3, 13)}`;
  const memory = draw.pick([128, 256, 512, 1024, 2048]);
  const calls = draw.between(500, 20_000);
  const demand = { called: officeHours, 'monthly job': monthlyJob, 'never called': never }[role];
  const sum = (metric: string, peak: number) =>
    line({ namespace: 'AWS/Lambda', dimensions: { FunctionName: id }, metric, stat: 'Sum', demand, peak });
  const duration = sum('Duration', calls * draw.between(20, 900));
  const ms = duration.values.reduce((total, value) => total + value, 0);
  // 30 days of measured milliseconds, in GB-seconds of a month of 30.44 days.
  const gbSeconds = (ms / 1000) * (memory / 1024) * (30.44 / 30);
  const usd = chargedPrice(`lambda/${region}/${kind}/gb-second`) * gbSeconds;
  const saved = kind === 'x86' ? armSaving(region, gbSeconds, terms) : 0;
  // Below half a cent a month there are no dollars to find.
  const isWorth = saved === 'unpriced' ? ms > 0 : saved >= 0.005;
  return {
    type: 'LambdaFunction',
    id,
    region,
    workload: `${role} ${kind}`,
    pieces: [
      {
        client: 'lambda',
        operation: 'ListFunctions',
        member: 'Functions',
        item: {
          FunctionName: id,
          FunctionArn: arn('lambda', region, `function:${id}`),
          Runtime: draw.pick(['nodejs24.x', 'python3.13', 'java21']),
          MemorySize: memory,
          Architectures: [kind === 'x86' ? 'x86_64' : 'arm64'],
          PackageType: 'Zip',
          LastModified: daysAgo(200),
        },
      },
    ],
    lines: [sum('Invocations', calls), duration],
    billedAs: arn('lambda', region, `function:${id}`),
    charges: ms === 0 ? [] : [{ service: 'AWS Lambda', what: 'duration', usdMonth: usd }],
    waste: {
      ...(role === 'never called' ? { 'function nobody calls': 'advice' } : {}),
      ...(isWorth ? { 'function on x86 that runs on arm': saved } : {}),
    },
    ...bestOf(isWorth ? saved : 0),
  };
}

function armSaving(region: string, gbSeconds: number, { discount }: Terms): number | 'unpriced' {
  const [x86, arm] = ['x86', 'arm'].map((kind) => listPrice(`lambda/${region}/${kind}/gb-second`));
  return x86 === undefined || arm === undefined ? 'unpriced' : (x86 - arm) * gbSeconds * (1 - discount);
}

const NODES = [
  'cache.m5.large',
  'cache.r5.large',
  'cache.t3.small',
  'cache.m6g.large',
  'cache.r6g.xlarge',
  'cache.t4g.small',
] as const;
const ARM_NODES: Readonly<Record<string, string>> = {
  'cache.m5.large': 'cache.m6g.large',
  'cache.r5.large': 'cache.r6g.large',
  'cache.t3.small': 'cache.t4g.small',
};

/** A cache cluster: Redis, Valkey or Memcached. Its clients speak the protocol, whichever engine answers. */
export function cache({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ used: 75, 'nightly job': 8, abandoned: 17 });
  const engine = draw.weighted({ redis: 60, valkey: 25, memcached: 15 });
  const node = draw.pick(NODES);
  const count = engine === 'memcached' ? draw.whole(1, 3) : 1;
  const id = `cache-${ec2Id('c', name).slice(3, 11)}`;
  const price = (kind: string, type: string): number | undefined => listPrice(`elasticache/${region}/${kind}/${type}`);
  const now = price(engine, node);
  const less = (other: number | undefined): number | 'unpriced' =>
    byHour(now === undefined || other === undefined ? undefined : (now - other) * count, terms);
  const arm = ARM_NODES[node];
  const whole = less(0);
  const waste: Partial<Record<WasteKind, Truth>> = {
    ...(arm === undefined ? {} : { 'cache on x86': less(price(engine, arm)) }),
    ...(engine === 'redis' ? { 'cache with the dearer engine': less(price('valkey', node)) } : {}),
    ...(role === 'abandoned' ? { 'cache nobody uses': whole } : {}),
  };
  const best = role === 'abandoned' ? whole : less(price(engine === 'redis' ? 'valkey' : engine, arm ?? node));
  const demand = { used: officeHours, 'nightly job': nightlyJob, abandoned: never }[role];
  const lookups = (metric: string, peak: number) =>
    line({ namespace: 'AWS/ElastiCache', dimensions: { CacheClusterId: id }, metric, stat: 'Sum', demand, peak });
  return {
    type: 'ElastiCacheCluster',
    id,
    region,
    workload: `${role} ${engine} ${node}`,
    pieces: [
      {
        client: 'elasticache',
        operation: 'DescribeCacheClusters',
        member: 'CacheClusters',
        item: {
          CacheClusterId: id,
          CacheClusterStatus: 'available',
          CacheNodeType: node,
          Engine: engine,
          EngineVersion: engine === 'memcached' ? '1.6.22' : '7.2.6',
          NumCacheNodes: count,
          ARN: arn('elasticache', region, `cluster:${id}`),
        },
      },
    ],
    lines:
      engine === 'memcached'
        ? [lookups('GetHits', 90_000), lookups('GetMisses', 4_000)]
        : [lookups('CacheHits', 90_000), lookups('CacheMisses', 4_000)],
    billedAs: arn('elasticache', region, `cluster:${id}`),
    charges: [
      {
        service: 'Amazon ElastiCache',
        what: node,
        usdHour: chargedPrice(`elasticache/${region}/${engine}/${node}`) * count,
      },
    ],
    waste,
    ...(best === 'unpriced' ? {} : { best }),
  };
}

const SEARCH_NODES = ['m5.large', 'r5.xlarge', 'c5.large', 'm6g.large', 't3.small'] as const;
const ARM_SEARCH: Readonly<Record<string, string>> = {
  'm5.large': 'm6g.large',
  'r5.xlarge': 'r6g.xlarge',
  'c5.large': 'c6g.large',
};

const SEARCH = 'Amazon OpenSearch Service';

const difference = (now: number | undefined, next: number | undefined, count: number): number | undefined =>
  now === undefined || next === undefined ? undefined : (now - next) * count;

/** A search domain. */
export function searchDomain({ draw, name, region, terms }: Site): Planned {
  const node = draw.pick(SEARCH_NODES);
  const count = draw.whole(1, 4);
  const id = `search-${ec2Id('s', name).slice(3, 11)}`;
  const price = (type: string): number | undefined => listPrice(`opensearch/${region}/${type}.search`);
  const [now, arm] = [price(node), ARM_SEARCH[node]];
  const nodesSaved = arm === undefined ? 0 : byHour(difference(now, price(arm), count), terms);
  const gib = draw.whole(20, 160);
  const disk = node === 't3.small' ? 'gp3' : draw.pick(['gp2', 'gp3', 'gp3']);
  const gb = (type: string): number | undefined => listPrice(`opensearch/${region}/storage/${type}/gb-month`);
  // In the third year of extended support since 2026-11-07, for which our table has no price. Source: OpenSearch Service developer guide, read 2026-11-20.
  const isOld = draw.is(20);
  const disksSaved = disk === 'gp3' ? 0 : byMonth(difference(gb('gp2'), gb('gp3'), gib * count), terms);
  return {
    type: 'OpenSearchDomain',
    id,
    region,
    workload: node,
    pieces: [
      {
        client: 'opensearch',
        operation: 'DescribeDomains',
        member: 'DomainStatusList',
        item: {
          DomainName: id,
          ARN: arn('es', region, `domain/${id}`),
          EngineVersion: isOld ? 'OpenSearch_2.5' : 'OpenSearch_2.17',
          EBSOptions: { EBSEnabled: true, VolumeType: disk, VolumeSize: gib },
          ClusterConfig: { InstanceType: `${node}.search`, InstanceCount: count },
        },
      },
    ],
    lines: [],
    billedAs: arn('es', region, `domain/${id}`),
    charges: [
      { service: SEARCH, what: node, usdHour: chargedPrice(`opensearch/${region}/${node}.search`) * count },
      {
        service: SEARCH,
        what: disk,
        usdMonth: chargedPrice(`opensearch/${region}/storage/${disk}/gb-month`) * gib * count,
      },
    ],
    waste: {
      ...(arm === undefined ? {} : { 'search domain on x86': nodesSaved }),
      ...(disk === 'gp3' ? {} : { 'search disks of an old type': disksSaved }),
      ...(isOld ? { 'domain out of standard support': 'unpriced' as const } : {}),
    },
    ...(isOld || nodesSaved === 'unpriced' || disksSaved === 'unpriced' ? {} : { best: nodesSaved + disksSaved }),
  };
}
