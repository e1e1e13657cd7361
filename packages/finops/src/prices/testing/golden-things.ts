import { ebsVolume, fastSnapshotRestore, type EbsType } from '../things/ebs.ts';
import { ec2Instance, ec2Reserved } from '../things/ec2.ts';
import { auroraServerless, rdsInstance, rdsStorage, type RdsStorage } from '../things/rds.ts';
import { reservedPriceKey } from '../../commitments/terms.ts';
import { meter, type Usage } from '../usage.ts';
import type { GoldenLine } from './golden-file.ts';

/** How lines about instances, volumes and databases read: which tests, which component, what the engine is asked. */
export interface Reading {
  readonly tests: RegExp;
  readonly component: RegExp;
  /** The usage the line states, built by the engine; `undefined` when the line does not say enough. */
  readonly usage: (line: GoldenLine, match: RegExpMatchArray) => Usage | undefined;
}

const EC2 = /^(autoscaling_group|instance|eks_node_group|eip|elastic_beanstalk_environment)$/;
const RDS = /^(db_instance|rds_cluster_instance|elastic_beanstalk_environment)$/;
const quantityOf = ({ quantity }: GoldenLine) => quantity || '1';
const last = (usages: readonly Usage[]) => usages.at(-1);

/** Readings in order of precedence: the first whose component matches decides. */
export const THING_READINGS: readonly Reading[] = [
  { tests: EC2, component: /^Instance usage \((Linux|Windows)\S*, on-demand, (.+)\)$/, usage: instanceUsage },
  { tests: EC2, component: /^Instance usage \(Linux\/UNIX, reserved, (.+)\)$/, usage: reservedUsage },
  {
    tests: /^db_instance$/,
    component: /^Database instance \(reserved, (Single|Multi)-AZ, (.+)\)$/,
    usage: reservedDatabaseUsage,
  },
  { tests: /^elasticache_cluster$/, component: /^ElastiCache \(reserved, (.+)\)$/, usage: reservedCacheUsage },
  { tests: EC2, component: /^EBS-optimized usage$/, usage: ebsOptimizedUsage },
  {
    tests: EC2,
    component: /^EC2 detailed monitoring$/,
    usage: (line) => last(ec2Instance({ ...shell(line), detailedMonitoring: Number(quantityOf(line)) / 7 })),
  },
  {
    tests: EC2,
    component: /^CPU credits$/,
    usage: (line) => last(ec2Instance({ ...shell(line), cpuCredits: quantityOf(line) })),
  },
  { tests: RDS, component: /^Database instance \(on-demand, (?:(\S+)-AZ, )?(.+)\)$/, usage: databaseUsage },
  { tests: RDS, component: /^Storage \((?:.*, )?(gp2|gp3|io1|sc1|magnetic)\)$/, usage: storageUsage },
  { tests: EC2, component: /^Storage \((?:.*, )?(gp2|gp3|io1|sc1|magnetic)\)$/, usage: storageUsage },
  {
    tests: EC2,
    component: /^Provisioned IOPS$/,
    usage: (line) => last(ebsVolume({ ...volume(line, 'io1'), iops: quantityOf(line) })),
  },
  {
    tests: RDS,
    component: /^Provisioned IOPS$/,
    usage: (line) => last(rdsStorage({ ...disk(line, 'io1'), iops: quantityOf(line) })),
  },
  { tests: RDS, component: /^Provisioned GP3 IOPS \(above ([\d,]+)\)$/, usage: gp3IopsUsage },
  {
    tests: RDS,
    component: /^Extended support \(year 1\)$/,
    usage: (line) =>
      last(rdsInstance({ ...database(line), extendedSupportVcpuHours: quantityOf(line), extendedSupportYear: 1 })),
  },
  {
    tests: RDS,
    component: /^CPU credits$/,
    usage: (line) => last(rdsInstance({ ...database(line), cpuCredits: quantityOf(line) })),
  },
  {
    tests: /^rds_cluster/,
    component: /^Aurora serverless( v2)?$/,
    usage: (line, [, v2]) =>
      last(auroraServerless({ region: line.region, version: v2 ? 'v2' : 'v1', acuHours: quantityOf(line) })),
  },
  {
    tests: /^ebs_/,
    component: /^Fast snapshot restore$/,
    usage: (line) => last(fastSnapshotRestore({ region: line.region, zoneHours: quantityOf(line) })),
  },
];

function instanceUsage(line: GoldenLine, [, os, type = '']: RegExpMatchArray): Usage | undefined {
  // These resources set `tenancy = "dedicated"`, by their name or by the launch template they use.
  const dedicated = /tenancy_dedicated|withLaunchTemplateBy(Id|Name)$/.test(line.resource);
  return ec2Instance({
    region: line.region,
    type,
    os: os === 'Windows' ? 'windows' : 'linux',
    hours: quantityOf(line),
    ...(dedicated ? { tenancy: 'dedicated' } : {}),
  })[0];
}

function reservedUsage(line: GoldenLine, [, type = '']: RegExpMatchArray): Usage | undefined {
  const terms = /\.(cnvr|std)_(\d)yr_(no|partial)_upfront$/.exec(line.resource);
  if (terms === null) return undefined;
  return ec2Reserved({
    region: line.region,
    type,
    offeringClass: terms[1] === 'std' ? 'standard' : 'convertible',
    years: terms[2] === '1' ? 1 : 3,
    payment: terms[3] === 'no' ? 'no-upfront' : 'partial-upfront',
    hours: quantityOf(line),
  })[0];
}

/** `mysql-1yr-no-upfront-multi-az`; what is paid all upfront has no hourly part. */
function reservedDatabaseUsage(line: GoldenLine, [, az = '', type = '']: RegExpMatchArray): Usage | undefined {
  const terms = /\.(mysql|postgres)-([13]yr)-(no-upfront|partial-upfront)-/.exec(line.resource);
  if (terms === null) return undefined;
  const [, engine = '', length = '', payment = ''] = terms;
  const onDemand = `rds/${line.region}/${engine === 'postgres' ? 'postgresql' : engine}/${type}/${az.toLowerCase()}-az`;
  const key = reservedPriceKey(onDemand, { length, offering: 'standard', payment });
  return meter('Database instance', key, quantityOf(line));
}

function reservedCacheUsage(line: GoldenLine, [, type = '']: RegExpMatchArray): Usage | undefined {
  const terms = /\.(redis)_reserved_([13]yr)_(no|partial)_upfront$/.exec(line.resource);
  if (terms === null) return undefined;
  const [, engine = '', length = '', payment = ''] = terms;
  const key = reservedPriceKey(`elasticache/${line.region}/${engine}/${type}`, {
    length,
    offering: 'standard',
    payment: `${payment}-upfront`,
  });
  return meter('ElastiCache', key, quantityOf(line));
}

function ebsOptimizedUsage(line: GoldenLine): Usage | undefined {
  // Current generations include it: the line prints 0.00 and nothing is metered.
  if (line.usd === '0.0') return undefined;
  return last(ec2Instance({ ...shell(line), hours: quantityOf(line), ebsOptimized: true }));
}

/** An instance of the type the same resource runs, used for 0 hours. */
function shell({ region, siblings }: GoldenLine) {
  const usage = siblings.find(({ component }) => component.startsWith('Instance usage'));
  return { region, type: /, ([^,]+)\)$/.exec(usage?.component ?? '')?.[1] ?? '', hours: 0 };
}

/** Storage belongs to the database when the resource is one, or when its line follows that of the database. */
function storageUsage(line: GoldenLine, [, type = '']: RegExpMatchArray): Usage | undefined {
  const before = line.siblings.slice(0, line.siblings.indexOf(line));
  const ofDatabase = before.some(({ component }) => component.startsWith('Database instance'));
  const gib = quantityOf(line);
  if (ofDatabase) return rdsStorage({ ...disk(line, type as RdsStorage['type']), gib })[0];
  if (!EC2.test(line.test)) return undefined;
  return ebsVolume({ ...volume(line, (type === 'magnetic' ? 'standard' : type) as EbsType), gib })[0];
}

const volume = ({ region }: GoldenLine, type: EbsType) => ({ region, type, gib: 0 });

const disk = (line: GoldenLine, type: RdsStorage['type']) => ({
  region: line.region,
  type,
  gib: 0,
  multiAz: line.siblings.some(({ component }) => component.includes('Multi-AZ')),
});

function gp3IopsUsage(line: GoldenLine, [, above = '']: RegExpMatchArray): Usage | undefined {
  const baseline = Number(above.replace(',', ''));
  const gib = baseline > 3000 ? 400 : 20;
  return last(rdsStorage({ ...disk(line, 'gp3'), gib, iops: baseline + Number(quantityOf(line)) }));
}

function databaseUsage(line: GoldenLine, [, deployment, instanceClass = '']: RegExpMatchArray): Usage | undefined {
  const engine = engineOf(line);
  if (engine === undefined) return undefined;
  const multiAz = deployment === 'Multi';
  return rdsInstance({ region: line.region, engine, instanceClass, multiAz, hours: quantityOf(line) })[0];
}

function database(line: GoldenLine) {
  const usage = line.siblings.find(({ component }) => component.startsWith('Database instance'));
  const instanceClass = /, ([^,]+)\)$/.exec(usage?.component ?? '')?.[1] ?? '';
  return { region: line.region, engine: engineOf(line) ?? '', instanceClass, hours: 0 };
}

/** The engine by the name of the resource; Oracle SE, EE and `byol` are licensed by the customer in these tests. */
function engineOf({ test, resource }: GoldenLine): string | undefined {
  if (test === 'elastic_beanstalk_environment') return undefined;
  const name = resource.replace(/^aws_\w+\.(extended_support\[")?/, '');
  const known = ENGINES.find(([prefix]) => name.startsWith(prefix));
  if (known !== undefined) return known[1];
  if (test === 'rds_cluster_instance') return 'aurora-mysql';
  return /^sqlserver-\w+/.exec(name)?.[0];
}

/** The first prefix that fits decides. */
const ENGINES = [
  ['aurora-postgres', 'aurora-postgresql'],
  ['aurora', 'aurora-mysql'],
  ['oracle-se2', 'oracle-se2'],
  ['oracle-se1-byol', 'oracle-byol'],
  ['oracle-se1', 'oracle-se1'],
  ['oracle', 'oracle-byol'],
  ['postgres', 'postgresql'],
  ['mariadb', 'mariadb'],
  ['mysql', 'mysql'],
  ['gp3', 'mysql'],
] as const;
