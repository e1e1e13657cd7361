import { ec2Id } from '../../demo/chance.ts';
import { type Disk } from './disk-truth.ts';
import { disk } from './disks.ts';
import type { Draw } from './draw.ts';
import { FAMILIES, type FamilyName } from './families.ts';
import { machineMetrics } from './machine-metrics.ts';
import { machineTruth, type Need } from './machine-truth.ts';
import { byMonth, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, daysAgoGmt, type Piece, type Planned, type Site } from './planned.ts';
import { type Demand, daysAgo, monthEnd, never, officeHours, steady, weeklyJob } from './workload.ts';

/** What machines are for, of a hundred. */
const ROLES = {
  users: 42,
  worker: 16,
  forgotten: 12,
  standby: 1,
  'weekly job': 4,
  'month end': 3,
  'memory cache': 6,
  'stopped for months': 6,
  'stopped for recovery': 0.4,
  'stopped for the weekend': 4,
  'windows users': 5,
} as const;
type Role = keyof typeof ROLES;

const DEMANDS: Readonly<Record<Role, Demand>> = {
  users: officeHours,
  'windows users': officeHours,
  worker: steady,
  'memory cache': officeHours,
  'weekly job': weeklyJob,
  'month end': monthEnd,
  forgotten: never,
  standby: never,
  'stopped for months': never,
  'stopped for recovery': never,
  'stopped for the weekend': never,
};

/** A machine with its root disk. */
export function machine(site: Site): Planned[] {
  const { draw, name, region, terms } = site;
  const made = madeOf(site);
  const { id, role, family, size, need, covered } = made;
  const isStopped = role.startsWith('stopped');
  const isWindows = role === 'windows users';
  const isX86Only = draw.is(1);
  const listHour = chargedPrice(`ec2/${region}/linux/${family}.${size}`) * (isWindows ? 1.48 : 1);
  const facts = { region, family, size, need, terms, covered, isUnused: role === 'forgotten', isWindows, isX86Only };
  const root: Disk = { holder: id, holderIs: holderIs(role), demand: DEMANDS[role], isRoot: true };
  const planned: Planned = {
    type: 'Ec2Instance',
    id,
    region,
    workload: `${role}${isX86Only ? ' (x86 software only)' : ''}${need.hasAgent ? '' : ' (memory not measured)'}`,
    pieces: [answer(site, made)],
    lines: isStopped ? [] : machineMetrics(id, role, DEMANDS[role], need),
    charges: isStopped
      ? []
      : [{ service: 'Amazon Elastic Compute Cloud', what: `${family}.${size}`, usdHour: listHour, covered }],
    ...(isStopped ? stoppedTruth(role) : withMinutes(site, made, machineTruth(facts))),
  };
  return [planned, disk({ ...site, name: `${name} root` }, root)];
}

/** Nobody looks at the minutes of a machine before production: seven metrics that cost, where the ones of five minutes do not. */
function withMinutes(
  { region, terms }: Site,
  { environment, isWatchedByTheMinute }: Made,
  truth: Pick<Planned, 'waste' | 'best'>,
): Pick<Planned, 'waste' | 'best'> {
  if (!isWatchedByTheMinute || environment === 'prod') return truth;
  const metric = listPrice(`cloudwatch/${region}/metric/month`);
  const usd = byMonth(metric === undefined ? undefined : metric * 7, terms);
  const waste = { ...truth.waste, 'minute metrics nobody watches': usd };
  return truth.best === undefined || usd === 'unpriced' ? { waste } : { waste, best: truth.best + usd };
}

interface Made {
  readonly id: string;
  readonly role: Role;
  readonly family: FamilyName;
  readonly size: string;
  readonly need: Need;
  readonly covered: number;
  readonly stoppedDays: number;
  readonly environment: string;
  readonly isWatchedByTheMinute: boolean;
}

function madeOf({ draw, name, terms }: Site): Made {
  const role = draw.weighted(ROLES);
  const family = draw.weighted(FAMILY_SHARE);
  const isCovered = !role.startsWith('stopped') && draw.is(terms.covered * 100);
  return {
    id: ec2Id('i', name),
    role,
    family,
    size: draw.pick(family === 't3' ? ['medium', 'large'] : ['large', 'large', 'xlarge', '2xlarge']),
    need: needOf(role, draw, family),
    covered: isCovered ? draw.pick([1, 1, 0.6]) : 0,
    environment: draw.pick(['prod', 'prod', 'staging', 'dev']),
    isWatchedByTheMinute: draw.is(15),
    stoppedDays: role === 'stopped for the weekend' ? draw.between(1, 6) : draw.between(70, 700),
  };
}

function answer(
  { draw, name, region }: Site,
  { id, role, family, size, stoppedDays, environment, isWatchedByTheMinute }: Made,
): Piece {
  const isStopped = role.startsWith('stopped');
  const instance = {
    InstanceId: id,
    InstanceType: `${family}.${size}`,
    ImageId: ec2Id('ami', `${name.split('|')[0]} in use ${draw.whole(0, 5)}`),
    State: isStopped ? { Code: 80, Name: 'stopped' } : { Code: 16, Name: 'running' },
    StateTransitionReason: isStopped ? `User initiated (${daysAgoGmt(stoppedDays)})` : '',
    LaunchTime: daysAgo(draw.between(40, 900) + (isStopped ? stoppedDays : 0)),
    Architecture: FAMILIES[family].isArm === true ? 'arm64' : 'x86_64',
    ...(role === 'windows users'
      ? { PlatformDetails: 'Windows', Platform: 'windows' }
      : { PlatformDetails: 'Linux/UNIX' }),
    Monitoring: { State: isWatchedByTheMinute ? 'enabled' : 'disabled' },
    Placement: { AvailabilityZone: `${region}a`, Tenancy: 'default' },
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeId: ec2Id('vol', `${name} root`) } }],
    Tags: [
      { Key: 'Name', Value: `${role.replaceAll(' ', '-')}-${id.slice(-4)}` },
      { Key: 'env', Value: environment },
    ],
  };
  const item = { OwnerId: ACCOUNT, ReservationId: ec2Id('r', name), Instances: [instance] };
  return { client: 'ec2', operation: 'DescribeInstances', member: 'Reservations', item };
}

const holderIs = (role: Role): Disk['holderIs'] =>
  role === 'stopped for months' || role === 'stopped for recovery' || role === 'stopped for the weekend'
    ? role
    : 'running';

const stoppedTruth = (role: Role): Pick<Planned, 'waste' | 'best'> =>
  role === 'stopped for months'
    ? { waste: { 'machine stopped and forgotten': 'advice' }, best: 0 }
    : { waste: {}, best: 0 };

const FAMILY_SHARE = {
  m5: 16,
  c5: 10,
  r5: 9,
  m6i: 8,
  c6i: 5,
  r6i: 4,
  m7i: 3,
  m4: 5,
  c4: 4,
  r4: 3,
  t2: 3,
  t3: 2,
  m6g: 8,
  c6g: 7,
  r6g: 5,
  m7g: 5,
  r7g: 3,
} as const satisfies Record<FamilyName, number>;

/** A standby needs what the machine it stands in for needs. A burstable machine is bought for its bursts: it needs its size. */
function needOf(role: Role, draw: Draw, family: FamilyName): Need {
  const hasAgent = draw.is(75);
  if (role === 'forgotten') return { cpu: 0.01, memory: 0.06, hasAgent };
  if (role === 'memory cache')
    return { cpu: draw.between(0.08, 0.3), memory: draw.between(0.6, 0.92), hasAgent: draw.is(92) };
  if (role !== 'users' && role !== 'worker' && role !== 'windows users')
    return { cpu: draw.between(0.6, 0.95), memory: 0.6, hasAgent };
  if (family === 't3' || family === 't2')
    return { cpu: draw.between(0.5, 0.9), memory: draw.between(0.5, 0.85), hasAgent };
  const fits = draw.weighted({ easily: 40, no: 48, perhaps: 12 });
  const cpu = {
    easily: () => draw.between(0.07, 0.34),
    no: () => draw.between(0.5, 0.95),
    perhaps: () => draw.between(0.35, 0.48),
  };
  const isHungry = fits === 'easily' && draw.is(hasAgent ? 15 : 4);
  return { cpu: cpu[fits](), memory: isHungry ? draw.between(0.6, 0.9) : draw.between(0.15, 0.33), hasAgent };
}
