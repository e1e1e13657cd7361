import { ec2Id } from '../../demo/chance.ts';
import { connections } from './aged.ts';
import { byMonth, chargedPrice, listPrice } from './money.ts';
import { ACCOUNT, type Charge, type Planned, type Site } from './planned.ts';
import { daysAgo, line, officeHours } from './workload.ts';

const RDS = 'Amazon Relational Database Service';

/** What the price of gp3 includes. Source: RDS user guide, "gp3 storage", read 2026-11-20. */
const GP3 = { small: { iops: 3000, mibps: 125 }, large: { iops: 12_000, mibps: 500 }, largeFrom: 400 };

/** A database on disks with guaranteed speed that it needs, or does not. */
export function fastDatabase({ draw, name, region, terms }: Site): Planned {
  const gib = draw.whole(100, 900);
  const gp3 = gib < GP3.largeFrom ? GP3.small : GP3.large;
  const role = draw.weighted({ 'asks little': 55, 'asks for all': 45 });
  const iops = draw.pick([4000, 8000, 16_000]);
  const isLittle = role === 'asks little';
  const asked = isLittle ? gp3.iops * draw.between(0.05, 0.7) : Math.max(iops, gp3.iops * 1.2) * draw.between(0.95, 1);
  const id = `trades-${ec2Id('d', name).slice(3, 11)}`;
  const at = `rds/${region}/storage`;
  const [gb, ops, other] = [`${at}/io1/gb-month`, `${at}/io1/iops-month`, `${at}/gp3/gb-month`].map(listPrice);
  const saved =
    gb === undefined || ops === undefined || other === undefined ? undefined : gb * gib + ops * iops - other * gib;
  const usd = byMonth(saved, terms);
  const arn = `arn:aws:rds:${region}:${ACCOUNT}:db:${id}`;
  const charges: readonly Charge[] = [
    { service: RDS, what: 'db.m6g.large', usdHour: chargedPrice(`rds/${region}/mysql/db.m6g.large/single-az`) },
    { service: RDS, what: 'io1 storage', usdMonth: chargedPrice(`${at}/io1/gb-month`) * gib },
    { service: RDS, what: 'io1 IOPS', usdMonth: chargedPrice(`${at}/io1/iops-month`) * iops },
  ];
  return {
    type: 'RdsDbInstance',
    id,
    region,
    workload: `${role}, io1`,
    pieces: [
      {
        client: 'rds',
        operation: 'DescribeDBInstances',
        member: 'DBInstances',
        item: {
          DBInstanceIdentifier: id,
          DBInstanceClass: 'db.m6g.large',
          Engine: 'mysql',
          EngineVersion: '8.4.3',
          DBInstanceStatus: 'available',
          MultiAZ: false,
          StorageType: 'io1',
          AllocatedStorage: gib,
          Iops: iops,
          InstanceCreateTime: daysAgo(700),
          DBInstanceArn: arn,
          TagList: [{ Key: 'environment', Value: 'production' }],
        },
      },
    ],
    lines: [connections(id), ...diskUse(id, asked, isLittle ? gp3.mibps * draw.between(0.05, 0.7) : gp3.mibps)],
    billedAs: arn,
    charges,
    waste: isLittle ? { 'database disk with guaranteed speed nobody needs': usd } : {},
    ...(isLittle && usd === 'unpriced' ? {} : { best: isLittle ? Number(usd) : 0 }),
  };
}

function diskUse(id: string, iops: number, mibps: number) {
  const of = (metric: string, peak: number) =>
    line({
      namespace: 'AWS/RDS',
      dimensions: { DBInstanceIdentifier: id },
      metric,
      stat: 'Maximum',
      demand: officeHours,
      peak,
    });
  const bytes = mibps * 1024 * 1024;
  return [
    of('ReadIOPS', iops * 0.4),
    of('WriteIOPS', iops * 0.6),
    of('ReadThroughput', bytes * 0.4),
    of('WriteThroughput', bytes * 0.6),
  ];
}
