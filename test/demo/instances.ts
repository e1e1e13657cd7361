import { allHours, everyDay } from './charges.ts';
import { FLEET, type Machine, instanceId, machine } from './fleet.ts';
import { imageId, reservation } from './instance-answer.ts';
import { type Fraction, add, fraction, multiply, subtract } from './fraction.ts';
import { ec2Price, price } from './list-prices.ts';
import { type Named, daily, flat } from './metrics.ts';
import { type Step, advice, billedHours, finding, listMonth, onBill, waterfall } from './planted.ts';
import { type Charge, type MetricSeries, type Part, type Planted, type PlantedUnknown } from './sample.ts';

/** Instances, their metrics and charges. */
export function instances(): Part {
  return {
    answers: (['us-east-1', 'eu-west-1'] as const).map((region) => ({
      region,
      client: 'ec2',
      operation: 'DescribeInstances',
      body: { Reservations: FLEET.filter((one) => one.region === region).map(reservation) },
    })),
    series: FLEET.flatMap(seriesOf),
    charges: [...FLEET.filter((one) => one.stopped === undefined).map(charge), downloads()],
    planted: planted(),
    unknown: UNKNOWN,
  };
}

/** Lowest and highest CPU maximum in percent, its mean, and network bytes an hour. */
const LOADS = {
  busy: { peak: [24, 88], mean: [9, 56], bytes: [4_000_000, 260_000_000] },
  quiet: { peak: [6, 30], mean: [3, 14], bytes: [2_000_000, 90_000_000] },
} as const;

function seriesOf(one: Machine): MetricSeries[] {
  if (one.load === 'unmeasured') return [];
  const named = (metric: string, stat: Named['stat']): Named => ({
    region: one.region,
    namespace: 'AWS/EC2',
    metric,
    dimensions: { InstanceId: instanceId(one.name) },
    stat,
  });
  if (one.load === 'idle') {
    return [
      flat(named('CPUUtilization', 'Average'), [0.1, 0.9], 1),
      flat(named('CPUUtilization', 'Maximum'), [0.8, 2.7], 1),
      flat(named('NetworkIn', 'Sum'), [21_000, 64_000]),
      flat(named('NetworkOut', 'Sum'), [12_000, 38_000]),
    ];
  }
  const { peak, mean, bytes } = LOADS[one.load];
  return [
    daily(named('CPUUtilization', 'Average'), mean, 1),
    daily(named('CPUUtilization', 'Maximum'), peak, 1),
    daily(named('NetworkIn', 'Sum'), bytes),
    daily(named('NetworkOut', 'Sum'), bytes),
    ...memorySeries(one),
  ];
}

function memorySeries(one: Machine): MetricSeries[] {
  if (one.memory === undefined) return [];
  const named: Named = {
    region: one.region,
    namespace: 'CWAgent',
    metric: 'mem_used_percent',
    dimensions: { ImageId: imageId(one), InstanceId: instanceId(one.name), InstanceType: one.type },
    stat: 'Maximum',
  };
  return [daily(named, one.memory, 1)];
}

function charge(one: Machine): Charge {
  const usd = ec2Price(one.type, one.region);
  return {
    region: one.region,
    zone: `${one.region}a`,
    service: 'ec2',
    resourceId: instanceId(one.name),
    resourceType: 'Instance',
    description: `per On Demand Linux ${one.type} Instance Hour`,
    unit: 'Hrs',
    unitPrice: usd,
    quantity: allHours(),
    environment: one.environment,
    ...(one.coveredAt === undefined ? {} : { coveredAt: fraction(one.coveredAt) }),
  };
}

/** Customers' downloads: billed under the instance too, but no saving on the instance touches it. */
const DOWNLOADS_GB_A_DAY = '2.4';

const downloads = (): Charge => ({
  region: 'us-east-1',
  service: 'ec2',
  resourceId: instanceId('pricing-batch'),
  resourceType: 'Instance',
  description: 'per GB - data transfer out',
  unit: 'GB',
  unitPrice: price('transfer/us-east-1/out/gb'),
  quantity: everyDay(DOWNLOADS_GB_A_DAY),
  environment: 'prod',
});

function planted(): Planted[] {
  return [
    ...overlaps(),
    finding(instanceId('search-prod-1'), 'ec2-oversized', move('r7g.xlarge', 'r7g.large')),
    // As much memory, which it needs, with half of the vCPUs.
    finding(instanceId('reports-prod-1'), 'ec2-oversized', move('r7g.xlarge', 'x8g.large')),
    finding(instanceId('staging-web'), 'ec2-graviton', move('t3.medium', 't4g.medium')),
    advice(instanceId('migration-runner'), 'ec2-stopped-long'),
    // Certainly idle, but its region has no sourced price: no dollars.
    advice(instanceId('eu-preview'), 'ec2-idle'),
  ];
}

/** Instances with several findings: the cost is saved once. */
function overlaps(): Planted[] {
  const covered = billedHours(fraction(machine('worker-prod-1').coveredAt ?? '0'));
  const downloads = multiply(price('transfer/us-east-1/out/gb'), fraction(DOWNLOADS_GB_A_DAY), fraction('30.44'));
  const pricing = add(billedHours(ec2Price('c4.large')), downloads);
  const newer = (type: string, x86: string, arm: string, billed = billedHours(ec2Price(type))): Step => ({
    options: [
      ['ec2-previous-generation', move(type, x86, billed)],
      ['ec2-graviton', move(type, arm, billed)],
    ],
  });
  // Another type of the same size or a smaller one: an instance becomes one of them, so they exclude each other.
  const resized = (type: string, x86: string, arm: string, smaller: string): Step => ({
    options: [...newer(type, x86, arm).options, ['ec2-oversized', move(type, smaller)]],
  });
  return [
    ...waterfall(instanceId('legacy-crm'), billedHours(ec2Price('m4.xlarge')), [
      { options: [['ec2-idle', move('m4.xlarge')]] },
      resized('m4.xlarge', 'm5a.xlarge', 'm6g.xlarge', 'r5a.large'),
    ]),
    ...waterfall(instanceId('etl-prod-1'), billedHours(ec2Price('r5.xlarge')), [
      resized('r5.xlarge', 'r5a.xlarge', 'r6g.xlarge', 'r5a.large'),
    ]),
    ...waterfall(instanceId('pricing-batch'), pricing, [newer('c4.large', 'c6a.large', 'c6g.large', pricing)]),
    ...waterfall(instanceId('worker-prod-1'), covered, [newer('m5.xlarge', 'm5a.xlarge', 'm6g.xlarge', covered)]),
  ];
}

/** What moving from one type to another (or to nothing) saves on a bill that shows `billed` USD a month. */
function move(from: string, to?: string, billed = billedHours(ec2Price(from))): Fraction {
  const listCost = ec2Price(from);
  const listSaving = to === undefined ? listCost : subtract(listCost, ec2Price(to));
  return onBill({ listSaving: listMonth(listSaving), listCost: listMonth(listCost), billed });
}

const unknown = (name: string, rule: string, reason: string): PlantedUnknown => ({
  resource: instanceId(name),
  rule,
  reason,
});

const UNKNOWN: readonly PlantedUnknown[] = [
  unknown('label-printer-gateway', 'ec2-idle', 'NO_METRICS'),
  unknown('label-printer-gateway', 'ec2-oversized', 'NO_METRICS'),
  unknown('eu-preview', 'ec2-oversized', 'NO_PRICE'),
  // No rate of a Savings Plan is embedded; worker-prod-1 has one that pays for it already.
  ...FLEET.filter((one) => one.stopped === undefined && one.coveredAt === undefined).map((one) =>
    unknown(one.name, 'ec2-savings-plan', 'NO_PRICE'),
  ),
  unknown('eu-legacy-api', 'ec2-previous-generation', 'NO_PRICE'),
  unknown('eu-legacy-api', 'ec2-graviton', 'NO_PRICE'),
];
