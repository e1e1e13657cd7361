import { ec2Id } from '../../demo/chance.ts';
import { byMonth, chargedPrice, listPrice } from './money.ts';
import { whole } from './network.ts';
import { plain, told } from './plain.ts';
import { ACCOUNT, type Planned, type Site } from './planned.ts';
import { daysAgo } from './workload.ts';

/** A secret: read by a service, of a service that is gone, new, or in between. */
export function secret(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted({ read: 50, 'of a service that is gone': 35, new: 5, 'some months': 10 });
  const id = `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${ec2Id('sec', name)}`;
  const key = `secretsmanager/${region}/secret/month`;
  const since = {
    read: draw.between(0, 3),
    'of a service that is gone': draw.between(200, 900),
    new: draw.between(1, 20),
    'some months': draw.between(40, 190),
  }[role];
  const item = {
    ARN: id,
    Name: ec2Id('sec', name),
    CreatedDate: daysAgo(role === 'new' ? since : 1000),
    ...(role === 'new' ? {} : { LastAccessedDate: daysAgo(since) }),
  };
  return {
    ...plain(site, {
      type: 'Secret',
      id,
      workload: role,
      answer: ['secrets-manager', 'ListSecrets', 'SecretList'],
      item,
    }),
    charges: [{ service: 'AWS Secrets Manager', what: 'secret', usdMonth: chargedPrice(key) }],
    ...(role === 'some months'
      ? { waste: { 'secret nobody reads': 'unclear' } }
      : whole('secret nobody reads', role === 'of a service that is gone', byMonth(listPrice(key), terms))),
  };
}

/** An alarm: of something that lives, of something gone, or quiet since yesterday. */
export function alarm(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted({
    watching: 60,
    'of something gone': 30,
    'quiet since yesterday': 5,
    'quiet for weeks': 5,
  });
  const id = ec2Id('alarm', name);
  const since = {
    watching: draw.between(1, 400),
    'of something gone': draw.between(70, 900),
    'quiet since yesterday': draw.between(0.2, 2),
    'quiet for weeks': draw.between(7, 60),
  }[role];
  const isFine = draw.is(10);
  const Period = isFine ? 10 : 300;
  const key = `cloudwatch/${region}/${isFine ? 'alarm-high-resolution' : 'alarm'}/month`;
  const item = {
    AlarmName: id,
    StateValue: role === 'watching' ? 'OK' : 'INSUFFICIENT_DATA',
    StateUpdatedTimestamp: daysAgo(since),
    MetricName: 'CPUUtilization',
    Namespace: 'AWS/EC2',
    Period,
  };
  return {
    ...plain(site, {
      type: 'CloudWatchAlarm',
      id,
      workload: role,
      answer: ['cloudwatch', 'DescribeAlarms', 'MetricAlarms'],
      item,
    }),
    ...(role === 'quiet for weeks'
      ? { waste: { 'alarm of something gone': 'unclear' } }
      : whole('alarm of something gone', role === 'of something gone', byMonth(listPrice(key), terms))),
  };
}

/** A log group: kept for ever, with a retention, or empty. */
export function logGroup(site: Site): Planned {
  const { draw, name } = site;
  const role = draw.weighted({ 'kept for ever': 40, 'with an end': 45, empty: 15 });
  const id = `/aws/app/${ec2Id('log', name).slice(4, 14)}`;
  const item = {
    logGroupName: id,
    logGroupClass: 'STANDARD',
    storedBytes: role === 'empty' ? 0 : draw.whole(1, 900) * 2 ** 30,
    ...(role === 'with an end' ? { retentionInDays: 30 } : {}),
  };
  return {
    ...plain(site, {
      type: 'LogGroup',
      id,
      workload: role,
      answer: ['cloudwatch-logs', 'DescribeLogGroups', 'logGroups'],
      item,
    }),
    ...told('logs kept for ever', role === 'kept for ever' ? 'advice' : undefined),
  };
}
