import type { Fraction } from './fraction.ts';

/** The invented account. */
export const ACCOUNT = '210987654321';

/** The invented team, as the bill names the account. */
export const TEAM = 'fernway';

/** The regions of the sample. */
export type Region = 'us-east-1' | 'eu-west-1';

/** What a thing is tagged with. */
export type Environment = 'prod' | 'staging' | 'dev';

/** An AWS answer as the AWS CLI prints it. `part` tells apart answers of one operation. */
export interface Answer {
  readonly region: Region | 'global';
  readonly client: string;
  readonly operation: string;
  readonly part?: string;
  /** What was asked, where the answer does not say what it is about. */
  readonly input?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One line of `metrics.ndjson`: hourly values over the fourteen days. */
export interface MetricSeries {
  readonly region: Region;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: 'Average' | 'Maximum' | 'Sum';
  readonly values: readonly number[];
}

/** A day of the bill. */
export interface BillDay {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly daysInMonth: number;
}

/** Something AWS charges for every day. */
export interface Charge {
  readonly region: Region;
  readonly zone?: string;
  /** A row of the services table in `services.ts`. */
  readonly service: string;
  readonly resourceId: string;
  readonly resourceType: string;
  readonly description: string;
  readonly unit: string;
  readonly unitPrice: Fraction;
  readonly quantity: (day: BillDay) => Fraction;
  readonly environment: Environment;
  /** First day charged, YYYY-MM-DD; default: all of them. */
  readonly from?: string;
  /** Price an hour under the Savings Plan that covers the usage. */
  readonly coveredAt?: Fraction;
}

/** A finding the sample plants; `usd_month` is what it adds to the totals once overlap is removed, `null` = advice without dollars. */
export interface Planted {
  readonly resource: string;
  readonly rule: string;
  readonly usd_month: string | null;
}

/** A verdict that cannot be known on this sample, and why. */
export interface PlantedUnknown {
  readonly resource: string;
  readonly rule: string;
  readonly reason: string;
}

/** A part of the sample: resources, what was measured of them, what they cost, and what is wrong with them. */
export interface Part {
  readonly answers: readonly Answer[];
  readonly series: readonly MetricSeries[];
  readonly charges: readonly Charge[];
  readonly planted: readonly Planted[];
  readonly unknown: readonly PlantedUnknown[];
}

/** Parts as one. */
export const joined = (parts: readonly Partial<Part>[]): Part => ({
  answers: parts.flatMap((part) => part.answers ?? []),
  series: parts.flatMap((part) => part.series ?? []),
  charges: parts.flatMap((part) => part.charges ?? []),
  planted: parts.flatMap((part) => part.planted ?? []),
  unknown: parts.flatMap((part) => part.unknown ?? []),
});

/** Tags as EC2, RDS and most others print them. */
export const tags = (name: string, environment: Environment, service: string): { Key: string; Value: string }[] => [
  { Key: 'Name', Value: name },
  { Key: 'env', Value: environment },
  { Key: 'service', Value: service },
  { Key: 'team', Value: TEAM },
];

/** Tags as EKS and Lambda print them. */
export const tagMap = (environment: Environment, service: string): Record<string, string> => ({
  env: environment,
  service,
  team: TEAM,
});

/** An ARN of the account. */
export const arn = (service: string, region: Region | '', resource: string): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

/** Networks of the account, by region. */
export const NETWORK = {
  'us-east-1': {
    vpc: 'vpc-0c41f7a6d2e95b803',
    subnets: ['subnet-04d1c8e72fa93b650', 'subnet-0a97e3b15c46d8f21'],
    ip: '10.20',
  },
  'eu-west-1': {
    vpc: 'vpc-07be3d9105f8a26c4',
    subnets: ['subnet-0f3a86d1b5c29e740', 'subnet-01c7d40e98b6f352a'],
    ip: '10.40',
  },
} as const;
