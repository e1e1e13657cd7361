import { ec2Id } from '../../demo/chance.ts';
import { type Disk } from './disk-truth.ts';
import { disk } from './disks.ts';
import { openDraw } from './draw.ts';
import type { FamilyName } from './families.ts';
import { machineMetrics } from './machine-metrics.ts';
import { machineTruth, type MachineTruth } from './machine-truth.ts';
import { DEMANDS, ROLES, type Role, workOf } from './machine-work.ts';
import { byMonth, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, daysAgoGmt, type Piece, type Planned, type Site } from './planned.ts';
import { type MachineType, machineType } from './types.ts';
import { daysAgo } from './workload.ts';

/** A machine with its root disk; `held` = the other disks attached to it. */
export function machine(site: Site, held: readonly Planned[]): Planned[] {
  const { name, region } = site;
  const made = madeOf(site);
  const { id, role, bought, covered, isX86Only } = made;
  const isStopped = role.startsWith('stopped');
  const isWindows = role === 'windows users';
  const listHour = chargedPrice(`ec2/${region}/linux/${bought.name}`) * (isWindows ? 1.48 : 1);
  const root = disk(
    { ...site, name: `${name} root` },
    { holder: id, holderIs: holderIs(role), demand: DEMANDS[role], isRoot: true },
  );
  const planned: Planned = {
    type: 'Ec2Instance',
    id,
    region,
    workload: `${role}${isX86Only ? ' (x86 software only)' : ''}${made.hasAgent ? '' : ' (memory not measured)'}`,
    pieces: [answer(site, made)],
    lines: [],
    charges: isStopped
      ? []
      : [{ service: 'Amazon Elastic Compute Cloud', what: bought.name, usdHour: listHour, covered }],
    ...(isStopped ? stoppedTruth(role) : running(site, made, [root, ...held])),
  };
  return [planned, root];
}

/** What a running machine did, and what is true about it. */
function running(site: Site, made: Made, disks: readonly Planned[]): Pick<Planned, 'waste' | 'best' | 'lines'> {
  const { id, role, bought, hasAgent, isX86Only, covered } = made;
  const lines = disks.flatMap((one) => one.lines);
  const work = workOf(role, openDraw(`${site.name} work`), bought, lines);
  const truth = machineTruth({
    region: site.region,
    bought,
    work,
    hasAgent,
    terms: site.terms,
    covered,
    isUnused: role === 'forgotten',
    isWindows: role === 'windows users',
    isX86Only,
  });
  const seen = { id, role, bought, demand: DEMANDS[role], work, hasAgent, disks: lines };
  return { ...withMinutes(site, made, truth), lines: machineMetrics(seen) };
}

/** A machine that disks may be attached to, and what it can still do with them a second. */
export interface Host {
  readonly id: string;
  readonly region: string;
  mibps: number;
  iops: number;
}

/** Machines on Nitro do half as much again for half an hour at least; those before have what they have; t2 is said to have little. */
const BURST = { nitro: 1.5, xen: 1 };
const LITTLE = { mibps: 30, iops: 1000 };

/** A machine as the host of disks; `undefined` for those that do not work. */
export function hostOf(site: Site): Host | undefined {
  const { id, role, bought } = madeOf(site);
  if (role.startsWith('stopped') || role === 'forgotten' || role === 'standby') return undefined;
  const burst = bought.generation < 5 ? BURST.xen : BURST.nitro;
  const mibps = (bought.ebsMibps ?? LITTLE.mibps) * burst;
  return { id, region: site.region, mibps, iops: (bought.ebsIops ?? LITTLE.iops) * burst };
}

/** Nobody looks at the minutes of a machine before production: seven metrics that cost, where the ones of five minutes do not. */
function withMinutes(
  { region, terms }: Site,
  { environment, isWatchedByTheMinute }: Made,
  truth: MachineTruth,
): MachineTruth {
  if (!isWatchedByTheMinute || environment === 'prod') return truth;
  const metric = listPrice(`cloudwatch/${region}/metric/month`);
  const usd = byMonth(metric === undefined ? undefined : metric * 7, terms);
  const waste = { ...truth.waste, 'minute metrics nobody watches': usd };
  return truth.best === undefined || usd === 'unpriced'
    ? { ...truth, waste }
    : { ...truth, waste, best: truth.best + usd };
}

interface Made {
  readonly id: string;
  readonly role: Role;
  readonly bought: MachineType;
  readonly hasAgent: boolean;
  readonly isX86Only: boolean;
  readonly covered: number;
  readonly stoppedDays: number;
  readonly environment: string;
  readonly isWatchedByTheMinute: boolean;
}

function madeOf({ name, terms }: Site): Made {
  const draw = openDraw(`${name} made`);
  const role = draw.weighted(ROLES);
  const family = draw.weighted(FAMILY_SHARE);
  const size = draw.pick(
    family === 't3' || family === 't2' ? ['medium', 'large'] : ['large', 'large', 'xlarge', '2xlarge'],
  );
  const isCovered = !role.startsWith('stopped') && draw.is(terms.covered * 100);
  return {
    id: ec2Id('i', name),
    role,
    bought: machineType(`${family}.${size}`),
    hasAgent: draw.is(role === 'memory cache' ? 92 : 75),
    isX86Only: draw.is(1),
    covered: isCovered ? draw.pick([1, 1, 0.6]) : 0,
    environment: draw.pick(['prod', 'prod', 'staging', 'dev']),
    isWatchedByTheMinute: draw.is(15),
    stoppedDays: role === 'stopped for the weekend' ? draw.between(1, 6) : draw.between(70, 700),
  };
}

function answer(
  { draw, name, region }: Site,
  { id, role, bought, stoppedDays, environment, isWatchedByTheMinute }: Made,
): Piece {
  const isStopped = role.startsWith('stopped');
  const instance = {
    InstanceId: id,
    InstanceType: bought.name,
    ImageId: ec2Id('ami', `${name.split('|')[0]} in use ${draw.whole(0, 5)}`),
    State: isStopped ? { Code: 80, Name: 'stopped' } : { Code: 16, Name: 'running' },
    StateTransitionReason: isStopped ? `User initiated (${daysAgoGmt(stoppedDays)})` : '',
    LaunchTime: daysAgo(draw.between(40, 900) + (isStopped ? stoppedDays : 0)),
    Architecture: bought.isArm ? 'arm64' : 'x86_64',
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
