import { ec2Id, word } from './chance.ts';
import { allHours, everyDay, partOfMonth } from './charges.ts';
import { type Fraction, add, cents, fraction, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { daily, flat } from './metrics.ts';
import { advice, billedHours, billedMonths, finding, listMonth, onBill } from './planted.ts';
import {
  type Answer,
  type Charge,
  type Environment,
  type MetricSeries,
  NETWORK,
  type Part,
  type Planted,
  type Region,
  arn,
  tags,
} from './sample.ts';

/** Relational databases. */
export function databases(): Part {
  return {
    answers: (['us-east-1', 'eu-west-1'] as const).map(answer),
    series: DATABASES.flatMap(seriesOf),
    charges: DATABASES.flatMap(chargesOf),
    planted: planted(),
    unknown: [{ resource: 'reporting', rule: 'rds-idle', reason: 'NO_METRICS' }],
  };
}

interface Database {
  readonly name: string;
  readonly region: Region;
  readonly engine: 'mysql' | 'postgres';
  readonly version: string;
  readonly dbClass: string;
  readonly isMultiAz: boolean;
  readonly gib: number;
  readonly environment: Environment;
  /** Most connections; absent: not measured. */
  readonly connections?: number;
  /** Price of a vCPU-hour of extended support, where its version is charged for it. */
  readonly extended?: string;
}

const DATABASES: readonly Database[] = [
  database('orders-prod', { engine: 'postgres', version: '16.4', isMultiAz: true, gib: 100, connections: 84 }),
  database('catalog-prod', {
    engine: 'mysql',
    version: '8.0.40',
    gib: 80,
    connections: 46,
    extended: 'extended-support-price/rds/us-east-1/vcpu-hour/EXTENDED_YEAR_1_2',
  }),
  database('reporting', { engine: 'mysql', version: '8.4.5', dbClass: 'db.m5.large', gib: 60 }),
  database('orders-staging', {
    engine: 'postgres',
    version: '17.2',
    isMultiAz: true,
    gib: 50,
    environment: 'staging',
    connections: 12,
  }),
  database('blog', { engine: 'mysql', version: '8.4.5', gib: 20, environment: 'dev', connections: 0 }),
  database('auth-prod', { engine: 'postgres', version: '14.13', gib: 40, connections: 31 }),
  database('eu-catalog', {
    region: 'eu-west-1',
    engine: 'mysql',
    version: '8.0.40',
    dbClass: 'db.t4g.medium',
    gib: 40,
    connections: 22,
    extended: 'extended-support-price/rds/eu-west-1/vcpu-hour/EXTENDED_YEAR_1_2',
  }),
];

function database(name: string, rest: Partial<Database> & Pick<Database, 'engine' | 'version' | 'gib'>): Database {
  return { name, region: 'us-east-1', dbClass: 'db.m6g.large', isMultiAz: false, environment: 'prod', ...rest };
}

const answer = (region: Region): Answer => ({
  region,
  client: 'rds',
  operation: 'DescribeDBInstances',
  body: { DBInstances: DATABASES.filter((one) => one.region === region).map(instance) },
});

function instance(one: Database): object {
  const port = one.engine === 'mysql' ? 3306 : 5432;
  const family = one.engine === 'mysql' ? `mysql${one.version.slice(0, 3)}` : `postgres${one.version.split('.')[0]}`;
  return {
    DBInstanceIdentifier: one.name,
    DBInstanceClass: one.dbClass,
    Engine: one.engine,
    DBInstanceStatus: 'available',
    MasterUsername: 'fernway',
    DBName: one.name.split('-')[0],
    Endpoint: {
      Address: `${one.name}.c7q2xk${word(one.region, 6, 'abcdefghijklmnopqrstuvwxyz0123456789')}.${one.region}.rds.amazonaws.com`,
      Port: port,
      HostedZoneId: one.region === 'us-east-1' ? 'Z2R2ITUGPM61AM' : 'Z29XKXDKYMONMX',
    },
    AllocatedStorage: one.gib,
    InstanceCreateTime: '2024-09-18T10:26:31.774000+00:00',
    PreferredBackupWindow: '04:10-04:40',
    BackupRetentionPeriod: 7,
    DBSecurityGroups: [],
    VpcSecurityGroups: [{ VpcSecurityGroupId: ec2Id('sg', `${one.region} databases`), Status: 'active' }],
    DBParameterGroups: [{ DBParameterGroupName: `default.${family}`, ParameterApplyStatus: 'in-sync' }],
    AvailabilityZone: `${one.region}a`,
    DBSubnetGroup: subnetGroup(one.region),
    PreferredMaintenanceWindow: 'sun:06:00-sun:06:30',
    PendingModifiedValues: {},
    LatestRestorableTime: '2026-11-19T23:55:00+00:00',
    MultiAZ: one.isMultiAz,
    EngineVersion: one.version,
    AutoMinorVersionUpgrade: true,
    ReadReplicaDBInstanceIdentifiers: [],
    LicenseModel: one.engine === 'mysql' ? 'general-public-license' : 'postgresql-license',
    Iops: 3000,
    OptionGroupMemberships: [{ OptionGroupName: `default:${family.replace('.', '-')}`, Status: 'in-sync' }],
    ...(one.isMultiAz ? { SecondaryAvailabilityZone: `${one.region}b` } : {}),
    PubliclyAccessible: false,
    StorageType: 'gp3',
    DbInstancePort: 0,
    StorageEncrypted: true,
    KmsKeyId: arn('kms', one.region, 'key/6f0c1d52-9b7e-4a38-8e21-5c3d7a94b016'),
    DbiResourceId: `db-${word(one.name, 26, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    DomainMemberships: [],
    CopyTagsToSnapshot: true,
    MonitoringInterval: 0,
    DBInstanceArn: databaseArn(one),
    IAMDatabaseAuthenticationEnabled: false,
    PerformanceInsightsEnabled: false,
    DeletionProtection: one.environment === 'prod',
    AssociatedRoles: [],
    MaxAllocatedStorage: 1000,
    TagList: tags(one.name, one.environment, 'database'),
    CustomerOwnedIpEnabled: false,
    ActivityStreamStatus: 'stopped',
    BackupTarget: 'region',
    NetworkType: 'IPV4',
    StorageThroughput: 125,
    CertificateDetails: { CAIdentifier: 'rds-ca-rsa2048-g1', ValidTill: '2027-09-18T10:24:52+00:00' },
    DedicatedLogVolume: false,
    EngineLifecycleSupport: 'open-source-rds-extended-support',
  };
}

const subnetGroup = (region: Region): object => ({
  DBSubnetGroupName: 'fernway-private',
  DBSubnetGroupDescription: 'private subnets',
  VpcId: NETWORK[region].vpc,
  SubnetGroupStatus: 'Complete',
  Subnets: NETWORK[region].subnets.map((SubnetIdentifier, index) => ({
    SubnetIdentifier,
    SubnetAvailabilityZone: { Name: `${region}${'ab'[index]}` },
    SubnetOutpost: {},
    SubnetStatus: 'Active',
  })),
});

const databaseArn = ({ name, region }: Database): string => arn('rds', region, `db:${name}`);

function seriesOf({ name, region, connections }: Database): MetricSeries[] {
  if (connections === undefined) return [];
  const named = {
    region,
    namespace: 'AWS/RDS',
    metric: 'DatabaseConnections',
    dimensions: { DBInstanceIdentifier: name },
    stat: 'Maximum',
  } as const;
  return [connections === 0 ? flat(named, [0, 0]) : daily(named, [2, connections])];
}

/** Every class of the sample has two vCPUs. */
const VCPUS = 2;

const instancePrice = ({ region, engine, dbClass, isMultiAz }: Database): Fraction =>
  price(`rds/${region}/${engine}/${dbClass}/${isMultiAz ? 'multi-az' : 'single-az'}`);

const storagePrice = ({ region, isMultiAz }: Database): Fraction =>
  price(`rds/${region}/storage/gp3${isMultiAz ? '-multi-az' : ''}/gb-month`);

function chargesOf(one: Database): Charge[] {
  const charge = {
    region: one.region,
    service: 'rds',
    resourceId: databaseArn(one),
    resourceType: 'DB Instance',
    environment: one.environment,
  } as const;
  const zones = one.isMultiAz ? 'Multi-AZ' : 'Single-AZ';
  const engine = one.engine === 'mysql' ? 'MySQL' : 'PostgreSQL';
  const paid: Charge[] = [
    {
      ...charge,
      zone: `${one.region}a`,
      description: `per RDS ${one.dbClass} ${zones} instance hour running ${engine}`,
      unit: 'Hrs',
      unitPrice: instancePrice(one),
      quantity: allHours(),
    },
    {
      ...charge,
      description: `per GB-month of provisioned gp3 storage for ${zones} ${engine}`,
      unit: 'GB-Mo',
      unitPrice: storagePrice(one),
      quantity: partOfMonth(one.gib),
    },
  ];
  if (one.extended === undefined) return paid;
  const support: Charge = {
    ...charge,
    description: `per vCPU-hour of RDS Extended Support Year 1-2 for ${engine} 8.0`,
    unit: 'vCPU-Hrs',
    unitPrice: price(one.extended),
    quantity: everyDay(24 * VCPUS),
  };
  return [...paid, support];
}

/** What the bill shows for a database: instance hours, storage and extended support. */
function billed(one: Database): Fraction {
  const support = one.extended === undefined ? fraction(0) : multiply(price(one.extended), fraction(VCPUS));
  return add(
    billedHours(add(instancePrice(one), support)),
    billedMonths(multiply(storagePrice(one), fraction(one.gib))),
  );
}

function find(name: string): Database {
  const found = DATABASES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the demo sample has no database ${name}`);
  return found;
}

function planted(): Planted[] {
  const [reporting, blog] = [find('reporting'), find('blog')];
  const graviton = subtract(instancePrice(reporting), price('rds/us-east-1/mysql/db.m6g.large/single-az'));
  return [
    finding('catalog-prod', 'rds-extended-support', surcharge(find('catalog-prod'))),
    finding('eu-catalog', 'rds-extended-support', surcharge(find('eu-catalog'))),
    finding('reporting', 'rds-graviton-class', ofInstance(reporting, graviton)),
    finding('blog', 'rds-idle', ofInstance(blog, instancePrice(blog))),
    finding('orders-staging', 'rds-multi-az-non-production', standby(find('orders-staging'))),
    advice('auth-prod', 'rds-support-ends-soon'),
  ];
}

/** A saving on the instance hours; storage is billed under the same name and stays. */
const ofInstance = (one: Database, savingAnHour: Fraction): Fraction =>
  onBill({ listSaving: listMonth(savingAnHour), listCost: listMonth(instancePrice(one)), billed: billed(one) });

/** A surcharge is worth itself: vCPUs x price x 730 hours. */
const surcharge = (one: Database): Fraction => listMonth(multiply(price(one.extended ?? ''), fraction(VCPUS)));

/** The second copy: the difference of the instance prices, and one copy of the storage. */
function standby(one: Database): Fraction {
  const storage = multiply(price('rds/us-east-1/storage/gp3/gb-month'), fraction(one.gib));
  const instances = subtract(instancePrice(one), instancePrice({ ...one, isMultiAz: false }));
  const month = (usdAnHour: Fraction, copies: number) =>
    cents(add(multiply(usdAnHour, fraction(730)), multiply(storage, fraction(copies))));
  return onBill({ listSaving: month(instances, 1), listCost: month(instancePrice(one), 2), billed: billed(one) });
}
