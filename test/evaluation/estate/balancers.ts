import { ec2Id } from '../../demo/chance.ts';
import { bestOf, byHour, chargedPrice, listPrice } from './money.ts';
import { whole } from './network.ts';
import { ACCOUNT, type Charge, type MetricLine, type Piece, type Planned, type Site } from './planned.ts';
import { daysAgo, line, never, officeHours } from './workload.ts';

const hours = (type: string, key: string): Charge => ({
  service: 'Elastic Load Balancing',
  what: `${type} load balancer`,
  usdHour: chargedPrice(key),
});

/** What balancers are for, of a hundred. */
const BALANCERS = {
  serving: 57,
  'serving nobody': 8,
  'in front of nothing': 25,
  'set up today': 5,
  'being set up': 5,
} as const;

const ageOf = (role: keyof typeof BALANCERS, { draw }: Site): number =>
  ({
    'set up today': draw.between(0.2, 2),
    'being set up': draw.between(4, 20),
    serving: draw.between(20, 900),
    'serving nobody': draw.between(40, 900),
    'in front of nothing': draw.between(40, 900),
  })[role];

/** A load balancer with one or two target groups and their health. */
export function balancer(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted(BALANCERS);
  const type = draw.pick(['application', 'application', 'network']);
  const short = type === 'application' ? 'app' : 'net';
  const arnOf = (kind: string, n = ''): string =>
    `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:${kind}/${ec2Id('x', name + n).slice(2)}`;
  const arn = `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/${short}/${ec2Id('lb', name)}/${ec2Id('x', name).slice(3)}`;
  const key = `elb/${region}/${type}/hour`;
  const groups = Array.from({ length: draw.whole(1, 2) }, (_, n) => arnOf('targetgroup', ` ${n}`));
  const targets = role.startsWith('serving')
    ? [{ Target: { Id: ec2Id('i', name), Port: 80 }, TargetHealth: { State: 'healthy' } }]
    : [];
  return {
    type: 'LoadBalancer',
    id: arn,
    region,
    workload: role,
    pieces: [
      {
        client: 'elastic-load-balancing-v2',
        operation: 'DescribeLoadBalancers',
        member: 'LoadBalancers',
        item: {
          LoadBalancerArn: arn,
          LoadBalancerName: ec2Id('lb', name),
          Type: type,
          State: { Code: 'active' },
          CreatedTime: daysAgo(ageOf(role, site)),
        },
      },
      ...groups.flatMap((group, n): Piece[] => [
        {
          client: 'elastic-load-balancing-v2',
          operation: 'DescribeTargetGroups',
          member: 'TargetGroups',
          item: { TargetGroupArn: group, TargetGroupName: `group-${n}`, LoadBalancerArns: [arn] },
        },
        {
          client: 'elastic-load-balancing-v2',
          operation: 'DescribeTargetHealth',
          input: { TargetGroupArn: group },
          item: { TargetHealthDescriptions: n === 0 ? targets : [] },
        },
      ]),
    ],
    lines: type === 'application' ? [requests(arn, role)] : [],
    charges: [hours(type, key)],
    ...balancerTruth(role, type, byHour(listPrice(key), terms)),
  };
}

const requests = (arn: string, role: string): MetricLine =>
  line({
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: arn.slice(arn.indexOf('loadbalancer/') + 'loadbalancer/'.length) },
    metric: 'RequestCount',
    stat: 'Sum',
    demand: role === 'serving' ? officeHours : never,
    peak: 40_000,
  });

/** A Network Load Balancer counts flows, which our estates do not measure. */
function balancerTruth(
  role: keyof typeof BALANCERS,
  type: string,
  usd: number | 'unpriced',
): Pick<Planned, 'waste' | 'best'> {
  const isQuiet = role !== 'serving' && type === 'application';
  if (role === 'being set up') {
    return {
      waste: { 'balancer in front of nothing': 'unclear', ...(isQuiet ? { 'balancer nobody calls': 'unclear' } : {}) },
    };
  }
  if (role === 'serving' || role === 'set up today') return { waste: {}, best: 0 };
  const waste: Planned['waste'] = {
    ...(isQuiet ? { 'balancer nobody calls': usd } : {}),
    ...(role === 'in front of nothing' ? { 'balancer in front of nothing': usd } : {}),
  };
  return { waste, ...(Object.keys(waste).length === 0 ? {} : bestOf(usd)) };
}

/** A Classic Load Balancer. */
export function classicBalancer(site: Site): Planned {
  const { name, region, terms, draw } = site;
  const role = draw.weighted(BALANCERS);
  const id = ec2Id('clb', name);
  const key = `elb/${region}/classic/hour`;
  return {
    type: 'ClassicLoadBalancer',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'elastic-load-balancing',
        operation: 'DescribeLoadBalancers',
        member: 'LoadBalancerDescriptions',
        item: {
          LoadBalancerName: id,
          Instances: role.startsWith('serving') ? [{ InstanceId: ec2Id('i', name) }] : [],
          CreatedTime: daysAgo(ageOf(role, site)),
        },
      },
    ],
    lines: [],
    billedAs: `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/${id}`,
    charges: [hours('classic', key)],
    ...(role === 'being set up'
      ? { waste: { 'classic balancer in front of nothing': 'unclear' } }
      : whole('classic balancer in front of nothing', role === 'in front of nothing', byHour(listPrice(key), terms))),
  };
}
