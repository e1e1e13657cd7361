import { chance } from '../../demo/chance.ts';
import { type FleetResource, KINDS, type Kind, idOf, loadOf } from './resource.ts';

/** When the metrics end. */
const END_MS = Date.parse('2026-11-20T00:00:00Z');

/** How the values of a metric come about, from how busy the hour is (0 to 1) and a whole number of noise below 1,000. */
type Shape = (busy: number, noise: number) => number;

/** One metric of a kind of resource, as our collector asks for it. */
interface Asked {
  readonly namespace: string;
  readonly metric: string;
  readonly stat: string;
  readonly days: number;
  readonly shape: Shape;
}

/** A mean of twelve five-minute samples: a double with all its digits, as CloudWatch gives it. */
const mean: Shape = (busy, noise) => Math.round((busy * 55 + noise / 400) * 10_000) / 12 / 833.25;

/** The largest of twelve samples of a second each, over 61: up to 15 digits. */
const peak: Shape = (busy, noise) => Math.round((busy * 80 + noise / 100) * 61) / 61;

const amount =
  (most: number): Shape =>
  (busy, noise) =>
    Math.floor(busy * most * (0.8 + noise / 2_500));

const cpu = (namespace: string): Asked[] => [
  { namespace, metric: 'CPUUtilization', stat: 'Average', days: 14, shape: mean },
  { namespace, metric: 'CPUUtilization', stat: 'Maximum', days: 14, shape: peak },
];

const sums = (namespace: string, metrics: Readonly<Record<string, number>>): Asked[] =>
  Object.entries(metrics).map(([metric, most]) => ({ namespace, metric, stat: 'Sum', days: 14, shape: amount(most) }));

/** What the collector asks of CloudWatch for each kind, with the days it asks for; hourly. */
const ASKED: Readonly<Record<Kind, readonly Asked[]>> = {
  instance: [...cpu('AWS/EC2'), ...sums('AWS/EC2', { NetworkIn: 4e9, NetworkOut: 9e8 })],
  volume: sums('AWS/EBS', {
    VolumeReadBytes: 6e9,
    VolumeReadOps: 180_000,
    VolumeWriteBytes: 9e9,
    VolumeWriteOps: 260_000,
  }),
  database: [
    ...cpu('AWS/RDS'),
    { namespace: 'AWS/RDS', metric: 'DatabaseConnections', stat: 'Maximum', days: 14, shape: amount(90) },
  ],
  function: [
    { namespace: 'AWS/Lambda', metric: 'Invocations', stat: 'Sum', days: 30, shape: amount(40_000) },
    {
      namespace: 'AWS/Lambda',
      metric: 'Duration',
      stat: 'Sum',
      days: 14,
      shape: (busy, noise) => amount(9e6)(busy, noise) + 0.25,
    },
  ],
  table: sums('AWS/DynamoDB', { ConsumedReadCapacityUnits: 90_000, ConsumedWriteCapacityUnits: 60_000 }),
  nat: sums('AWS/NATGateway', { BytesInFromDestination: 5e10, BytesOutToDestination: 2e10 }),
  endpoint: [
    { namespace: 'AWS/PrivateLinkEndpoints', metric: 'BytesProcessed', stat: 'Sum', days: 30, shape: amount(3e8) },
  ],
};

/** Every metric of the fleet with its statistics, in the order in which `collect` writes series. */
export function metricsInOrder(): { readonly kind: Kind; readonly stats: readonly Asked[] }[] {
  return KINDS.flatMap((kind) =>
    [...Map.groupBy(ASKED[kind], nameOf)].map(([name, stats]) => ({ kind, stats, name })),
  ).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A line of `metrics.ndjson` as `collect` writes it; `undefined` for what publishes nothing. */
export function seriesLine(resource: FleetResource, asked: Asked): string | undefined {
  const load = loadOf(resource);
  const isSilent = load === 'gone' && (resource.kind === 'instance' || resource.kind === 'volume');
  if (isSilent) return undefined;
  const start = new Date(END_MS - asked.days * 86_400_000).toISOString().replace('.000Z', 'Z');
  const values = valuesOf(resource, asked, LOADS[load]).join(',');
  return `{"dimensions":${JSON.stringify(dimensionsOf(resource))},"metric":"${asked.metric}","namespace":"${asked.namespace}","period_seconds":3600,"start":"${start}","stat":"${asked.stat}","values":[${values}]}`;
}

/** How busy the busiest hour is. */
const LOADS = { gone: 0, idle: 0.000_001, light: 0.08, busy: 0.9 } as const;

function valuesOf(resource: FleetResource, { metric, stat, days, shape }: Asked, load: number): number[] {
  const { whole } = chance(`${resource.kind} ${resource.n} ${metric} ${stat}`);
  return Array.from({ length: days * 24 }, (_, hour) => {
    const day = 0.6 + 0.4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
    return load === 0 ? 0 : shape(load * day * day, whole(0, 999));
  });
}

function dimensionsOf(resource: FleetResource): Record<string, string> {
  const id = idOf(resource);
  const names = {
    instance: 'InstanceId',
    volume: 'VolumeId',
    database: 'DBInstanceIdentifier',
    function: 'FunctionName',
  };
  if (resource.kind === 'table') return { TableName: id };
  if (resource.kind === 'nat') return { NatGatewayId: id };
  if (resource.kind !== 'endpoint') return { [names[resource.kind]]: id };
  return {
    'Endpoint Type': 'Interface',
    'Service Name': `com.amazonaws.${resource.region}.sts`,
    'VPC Endpoint Id': id,
    'VPC Id': 'vpc-0a1b2c3d4e5f60718',
  };
}

/** The metrics of one kind. */
export const metricsOf = (kind: Kind): readonly Asked[] => ASKED[kind];

const nameOf = ({ namespace, metric }: Asked): string => `${namespace}\n${metric}`;
