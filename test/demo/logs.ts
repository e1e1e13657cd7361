import { partOfMonth, unevenDay } from './charges.ts';
import { price } from './list-prices.ts';
import { advice } from './planted.ts';
import { type Answer, type Charge, type Environment, type Part, type Region, arn } from './sample.ts';

/** Log groups and their charges. */
export function logs(): Part {
  return {
    answers: (['us-east-1', 'eu-west-1'] as const).map(answer),
    series: [],
    charges: charges(),
    planted: LOG_GROUPS.filter((one) => one.retention === undefined && one.gib > 0).map((one) =>
      advice(one.name, 'logs-no-retention'),
    ),
    unknown: [],
  };
}

interface LogGroup {
  readonly name: string;
  readonly region: Region;
  readonly retention?: number;
  readonly gib: number;
  readonly ingestedADay?: number;
  readonly environment: Environment;
}

const LOG_GROUPS: readonly LogGroup[] = [
  { name: '/aws/eks/platform-prod/cluster', region: 'us-east-1', gib: 412, ingestedADay: 2, environment: 'prod' },
  { name: '/aws/lambda/invoice-pdf', region: 'us-east-1', retention: 30, gib: 6, environment: 'prod' },
  { name: '/aws/lambda/thumbnailer', region: 'us-east-1', retention: 14, gib: 2, environment: 'prod' },
  { name: '/fernway/audit', region: 'us-east-1', gib: 0, environment: 'prod' },
  { name: '/fernway/eu-web', region: 'eu-west-1', gib: 38, environment: 'prod' },
];

const answer = (region: Region): Answer => ({
  region,
  client: 'cloudwatch-logs',
  operation: 'DescribeLogGroups',
  body: {
    logGroups: LOG_GROUPS.filter((one) => one.region === region).map(({ name, retention, gib }) => ({
      logGroupName: name,
      creationTime: 1_727_340_012_345,
      ...(retention === undefined ? {} : { retentionInDays: retention }),
      metricFilterCount: 0,
      arn: arn('logs', region, `log-group:${name}:*`),
      storedBytes: gib * 1024 ** 3,
      logGroupClass: 'STANDARD',
      logGroupArn: arn('logs', region, `log-group:${name}`),
    })),
  },
});

function charges(): Charge[] {
  return LOG_GROUPS.filter((one) => one.gib > 30).flatMap(({ name, region, gib, ingestedADay, environment }) => {
    const charge = {
      region,
      service: 'cloudwatch',
      resourceId: arn('logs', region, `log-group:${name}`),
      resourceType: 'Log Group',
      environment,
    } as const;
    const stored: Charge = {
      ...charge,
      description: 'per GB-mo of log storage',
      unit: 'GB-Mo',
      unitPrice: price(`logs/${region}/storage/gb-month`),
      quantity: partOfMonth(gib),
    };
    if (ingestedADay === undefined) return [stored];
    const ingested: Charge = {
      ...charge,
      description: 'per GB custom log data ingested in Standard log class',
      unit: 'GB',
      unitPrice: price(`logs/${region}/ingestion/gb`),
      quantity: unevenDay(name, ingestedADay),
    };
    return [stored, ingested];
  });
}
