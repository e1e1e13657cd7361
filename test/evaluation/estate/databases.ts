import { ec2Id } from '../../demo/chance.ts';
import { byHour, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Planned, type Site, type Terms, type Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { type Demand, daysAgo, line, never, nightlyJob, officeHours } from './workload.ts';

/** What databases are for, of a hundred. */
const ROLES = { serving: 66, 'nightly load': 8, abandoned: 18, stopped: 8 } as const;

/** Classes with their engine, the class of the same size on arm and the one that follows it; MySQL and PostgreSQL as our table has prices. */
const CLASSES = [
  { engine: 'mysql', dbClass: 'db.m5.large', arm: 'db.m6g.large' },
  { engine: 'mysql', dbClass: 'db.m5.xlarge', arm: 'db.m6g.xlarge' },
  { engine: 'mysql', dbClass: 'db.m5.2xlarge', arm: 'db.m6g.2xlarge' },
  { engine: 'mysql', dbClass: 'db.t3.small', arm: 'db.t4g.small' },
  { engine: 'mysql', dbClass: 'db.m6g.large' },
  { engine: 'postgres', dbClass: 'db.m6g.large' },
  { engine: 'postgres', dbClass: 'db.m6i.large', arm: 'db.m6g.large' },
  { engine: 'mysql', dbClass: 'db.m4.large', successor: 'db.m5.large' },
] as const;

/** A database instance: used, used by one job a night, abandoned or stopped. */
export function database({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted(ROLES);
  const made = draw.pick(CLASSES);
  const canCopy = made.dbClass === 'db.m6g.large';
  const isCopied = canCopy && draw.is(60);
  const environment = draw.pick(['production', 'production', 'staging', 'dev', 'test']);
  const gib = draw.whole(50, 600);
  const id = `${draw.pick(['orders', 'billing', 'crm', 'search', 'wiki'])}-${ec2Id('d', name).slice(3, 11)}`;
  const demands: Readonly<Record<string, Demand>> = { serving: officeHours, 'nightly load': nightlyJob };
  const facts: Facts = { region, terms, made, isCopied, gib, isTest: environment !== 'production', role };
  const { hour, month } = chargesOf(facts);
  return {
    type: 'RdsDbInstance',
    id,
    region,
    workload: `${role} ${environment} ${made.engine} ${made.dbClass}${isCopied ? ' Multi-AZ' : ''}`,
    pieces: [
      {
        client: 'rds',
        operation: 'DescribeDBInstances',
        member: 'DBInstances',
        item: {
          DBInstanceIdentifier: id,
          DBInstanceClass: made.dbClass,
          Engine: made.engine,
          EngineVersion: made.engine === 'mysql' ? '8.4.3' : '17.2',
          DBInstanceStatus: role === 'stopped' ? 'stopped' : 'available',
          MultiAZ: isCopied,
          StorageType: 'gp3',
          AllocatedStorage: gib,
          InstanceCreateTime: daysAgo(draw.between(90, 900)),
          DBInstanceArn: arnOf(region, id),
          TagList: [{ Key: 'environment', Value: environment }],
        },
      },
    ],
    lines:
      role === 'stopped'
        ? []
        : [
            line({
              namespace: 'AWS/RDS',
              dimensions: { DBInstanceIdentifier: id },
              metric: 'DatabaseConnections',
              stat: 'Maximum',
              demand: demands[role] ?? never,
              peak: role === 'serving' ? 60 : 3,
            }),
          ],
    billedAs: arnOf(region, id),
    charges: [
      ...(role === 'stopped'
        ? []
        : [{ service: 'Amazon Relational Database Service', what: made.dbClass, usdHour: hour }]),
      { service: 'Amazon Relational Database Service', what: 'gp3 storage', usdMonth: month },
    ],
    ...truthOf(facts),
  };
}

const arnOf = (region: string, id: string): string => `arn:aws:rds:${region}:${ACCOUNT}:db:${id}`;

interface Facts {
  readonly region: string;
  readonly terms: Terms;
  readonly made: (typeof CLASSES)[number];
  readonly isCopied: boolean;
  readonly gib: number;
  readonly isTest: boolean;
  readonly role: keyof typeof ROLES;
}

function chargesOf({ region, made, isCopied, gib }: Facts): { hour: number; month: number } {
  const copies = isCopied ? 2 : 1;
  const key = `rds/${region}/${made.engine}/${made.dbClass}/${isCopied ? 'multi-az' : 'single-az'}`;
  // Our table has no m4 price: the bill charges what it charges.
  const hour = made.dbClass === 'db.m4.large' ? 0.175 : chargedPrice(key);
  return { hour, month: chargedPrice(`rds/${region}/storage/gp3/gb-month`) * gib * copies };
}

function truthOf(facts: Facts): Pick<Planned, 'waste' | 'best'> {
  const { region, terms, made, isCopied, isTest, role } = facts;
  if (role === 'stopped') return { waste: { 'stopped database': 'advice' } };
  const price = (dbClass: string, copies = isCopied): number | undefined =>
    listPrice(`rds/${region}/${made.engine}/${dbClass}/${copies ? 'multi-az' : 'single-az'}`);
  const less = (other: number | undefined): number | 'unpriced' => {
    const now = price(made.dbClass);
    return byHour(now === undefined || other === undefined ? undefined : now - other, terms);
  };
  const isSpareCopy = isCopied && isTest;
  const copy = isSpareCopy ? plus(less(price(made.dbClass, false)), copyStorage(facts)) : 0;
  const waste: Partial<Record<WasteKind, number | 'unpriced'>> = {
    ...(role === 'abandoned' ? { 'database nobody uses': less(0) } : {}),
    ...('arm' in made ? { 'database on x86': less(price(made.arm)) } : {}),
    ...('successor' in made ? { 'database of an old class': less(price(made.successor)) } : {}),
    ...(isSpareCopy ? { 'second copy of a test database': copy } : {}),
  };
  // Deleting an abandoned database ends its hours and, where it has a copy it does not need, the storage of the copy.
  const ended = role === 'abandoned' ? plus(less(0), isSpareCopy ? copyStorage(facts) : 0) : 0;
  const all = [...Object.values(waste), ended];
  const known = all.filter((one) => one !== 'unpriced');
  return { waste, ...(known.length < all.length ? {} : { best: Math.max(...known) }) };
}

/** The storage of one copy a month. */
const copyStorage = ({ region, gib, terms }: Facts): number | 'unpriced' => {
  const price = listPrice(`rds/${region}/storage/gp3/gb-month`);
  return price === undefined ? 'unpriced' : price * gib * (1 - terms.discount);
};

const plus = (a: number | 'unpriced', b: number | 'unpriced'): number | 'unpriced' =>
  a === 'unpriced' || b === 'unpriced' ? 'unpriced' : a + b;

/** A database snapshot: made by hand and forgotten, made for a migration now, or by AWS. */
export function databaseSnapshot({ draw, name, region }: Site): Planned {
  const role = draw.weighted({ forgotten: 45, 'this week': 15, 'this quarter': 10, automated: 30 });
  const id = ec2Id('dbsnap', name);
  const age = {
    forgotten: draw.between(200, 1500),
    'this week': draw.between(1, 7),
    'this quarter': draw.between(30, 180),
    automated: draw.between(1, 34),
  }[role];
  const truth: Partial<Record<typeof role, Truth>> = { forgotten: 'advice', 'this quarter': 'unclear' };
  const known = truth[role];
  return {
    type: 'RdsDbSnapshot',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'rds',
        operation: 'DescribeDBSnapshots',
        member: 'DBSnapshots',
        item: {
          DBSnapshotIdentifier: id,
          SnapshotType: role === 'automated' ? 'automated' : 'manual',
          Status: 'available',
          SnapshotCreateTime: daysAgo(age),
          DBInstanceIdentifier: `gone-${id.slice(-5)}`,
          AllocatedStorage: 100,
        },
      },
    ],
    lines: [],
    charges: [],
    waste: known === undefined ? {} : { 'database snapshot nobody restores': known },
  };
}
