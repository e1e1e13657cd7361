import { ec2Id } from './chance.ts';
import { allHours } from './charges.ts';
import { type Fraction, add, cents, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { billedHours, finding, listMonth, onBill, waterfall } from './planted.ts';
import { type Answer, type Charge, NETWORK, type Part, type Planted, arn } from './sample.ts';

/** Cache clusters and their charges. */
export function caches(): Part {
  return {
    answers: [answer()],
    series: [],
    charges: CACHES.flatMap(chargesOf),
    planted: planted(),
    unknown: CACHES.map((one) => ({ resource: one.name, rule: 'elasticache-idle', reason: 'NO_METRICS' })),
  };
}

const CACHES = [
  { name: 'sessions-001', type: 'cache.t4g.small', version: '7.1.0', isExtended: false },
  { name: 'geo-lookup', type: 'cache.t3.small', version: '5.0.6', isExtended: true },
] as const;

type Cache = (typeof CACHES)[number];

const answer = (): Answer => ({
  region: 'us-east-1',
  client: 'elasticache',
  operation: 'DescribeCacheClusters',
  body: { CacheClusters: CACHES.map(cluster) },
});

const cluster = ({ name, type, version }: Cache): object => ({
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

function chargesOf({ name, type, isExtended }: Cache): Charge[] {
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

function planted(): Planted[] {
  const moved = (now: Fraction, next: Fraction, billed: Fraction) =>
    onBill({ listSaving: listMonth(subtract(now, next)), listCost: listMonth(now), billed });
  const valkey = (type: string, billed: Fraction) => moved(nodePrice('redis', type), nodePrice('valkey', type), billed);
  const [plain, extended] = [CACHES[0].type, CACHES[1].type];
  const billed = billedHours(add(nodePrice('redis', extended), extendedPrice(extended)));
  const surcharge = listMonth(extendedPrice(extended));
  return [
    finding(CACHES[0].name, 'elasticache-redis-to-valkey', valkey(plain, billedHours(nodePrice('redis', plain)))),
    finding(CACHES[1].name, 'elasticache-extended-support', surcharge),
    ...waterfall(CACHES[1].name, subtract(cents(billed), surcharge), [
      // Another processor, then another engine on it.
      { options: [['elasticache-graviton', moved(nodePrice('redis', extended), nodePrice('redis', plain), billed)]] },
      { options: [['elasticache-redis-to-valkey', valkey(extended, billed)]] },
    ]),
  ];
}
