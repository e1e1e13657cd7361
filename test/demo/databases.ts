import { allHours, everyDay, partOfMonth } from './charges.ts';
import { databaseAnswer } from './database-answer.ts';
import { DATABASES, type Database, database, databaseArn } from './database-fleet.ts';
import { type Fraction, add, cents, fraction, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { daily, flat } from './metrics.ts';
import { advice, billedHours, billedMonths, finding, listMonth, onBill } from './planted.ts';
import { type Charge, type MetricSeries, type Part, type Planted } from './sample.ts';

/** Relational databases. */
export function databases(): Part {
  return {
    answers: (['us-east-1', 'eu-west-1'] as const).map(databaseAnswer),
    series: DATABASES.flatMap(seriesOf),
    charges: DATABASES.flatMap(chargesOf),
    planted: planted(),
    unknown: [{ resource: 'reporting', rule: 'rds-idle', reason: 'NO_METRICS' }],
  };
}

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

function planted(): Planted[] {
  const [reporting, blog] = [database('reporting'), database('blog')];
  const graviton = subtract(instancePrice(reporting), price('rds/us-east-1/mysql/db.m6g.large/single-az'));
  return [
    finding('catalog-prod', 'rds-extended-support', surcharge(database('catalog-prod'))),
    finding('eu-catalog', 'rds-extended-support', surcharge(database('eu-catalog'))),
    finding('reporting', 'rds-graviton-class', ofInstance(reporting, graviton)),
    finding('blog', 'rds-idle', ofInstance(blog, instancePrice(blog))),
    finding('orders-staging', 'rds-multi-az-non-production', standby(database('orders-staging'))),
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
