import { type Environment, type Region, arn } from './sample.ts';

/** A database of the sample. */
export interface Database {
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

/** Every database of the sample. */
export const DATABASES: readonly Database[] = [
  one('orders-prod', { engine: 'postgres', version: '16.4', isMultiAz: true, gib: 100, connections: 84 }),
  one('catalog-prod', {
    engine: 'mysql',
    version: '8.0.40',
    gib: 80,
    connections: 46,
    extended: 'extended-support-price/rds/us-east-1/vcpu-hour/EXTENDED_YEAR_1_2',
  }),
  one('reporting', { engine: 'mysql', version: '8.4.5', dbClass: 'db.m5.large', gib: 60 }),
  one('orders-staging', {
    engine: 'postgres',
    version: '17.2',
    isMultiAz: true,
    gib: 50,
    environment: 'staging',
    connections: 12,
  }),
  one('blog', { engine: 'mysql', version: '8.4.5', gib: 20, environment: 'dev', connections: 0 }),
  one('auth-prod', { engine: 'postgres', version: '14.13', gib: 40, connections: 31 }),
  one('eu-catalog', {
    region: 'eu-west-1',
    engine: 'mysql',
    version: '8.0.40',
    dbClass: 'db.t4g.medium',
    gib: 40,
    connections: 22,
    extended: 'extended-support-price/rds/eu-west-1/vcpu-hour/EXTENDED_YEAR_1_2',
  }),
];

function one(name: string, rest: Partial<Database> & Pick<Database, 'engine' | 'version' | 'gib'>): Database {
  return { name, region: 'us-east-1', dbClass: 'db.m6g.large', isMultiAz: false, environment: 'prod', ...rest };
}

/** A database by its name. */
export function database(name: string): Database {
  const found = DATABASES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the demo sample has no database ${name}`);
  return found;
}

/** The ARN of a database. */
export const databaseArn = ({ name, region }: Database): string => arn('rds', region, `db:${name}`);
