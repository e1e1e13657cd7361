import { ec2Id } from './chance.ts';
import { partOfMonth } from './charges.ts';
import { machine } from './fleet.ts';
import { type Fraction, add, fraction, multiply, subtract } from './fraction.ts';
import { price } from './list-prices.ts';
import { volumeSeries } from './metrics.ts';
import { advice, billedMonths, finding, onBill, waterfall } from './planted.ts';
import {
  type Answer,
  type Charge,
  type MetricSeries,
  type Part,
  type Planted,
  type PlantedUnknown,
  arn,
  tags,
} from './sample.ts';
import { DISKS, type Disk, diskId, holderId } from './volumes.ts';

/** Volumes, their metrics and charges. */
export function storage(): Part {
  return {
    answers: volumeAnswers(),
    series: DISKS.flatMap(seriesOf),
    charges: DISKS.flatMap(chargesOf),
    planted: planted(),
    unknown: unknown(),
  };
}

function volumeAnswers(): Answer[] {
  return (['us-east-1', 'eu-west-1'] as const).map((region) => ({
    region,
    client: 'ec2',
    operation: 'DescribeVolumes',
    body: { Volumes: DISKS.filter((disk) => disk.region === region).map(volume) },
  }));
}

function volume(disk: Disk): object {
  const InstanceId = holderId(disk);
  const iops = { gp2: Math.max(100, 3 * disk.gib), gp3: disk.iops ?? 3000, io1: disk.iops, standard: undefined }[
    disk.type
  ];
  return {
    Iops: iops,
    Tags: tags(disk.name, disk.environment, disk.service),
    VolumeType: disk.type,
    MultiAttachEnabled: false,
    ...(disk.type === 'gp3' ? { Throughput: disk.mibps ?? 125 } : {}),
    VolumeId: disk.id,
    Size: disk.gib,
    SnapshotId: disk.name.endsWith('-root') ? ec2Id('snap', `al2023 ${disk.region}`) : '',
    AvailabilityZone: `${disk.region}a`,
    State: InstanceId === undefined ? 'available' : 'in-use',
    CreateTime: disk.created,
    Attachments:
      InstanceId === undefined
        ? []
        : [
            {
              DeleteOnTermination: disk.name.endsWith('-root'),
              VolumeId: disk.id,
              InstanceId,
              Device: disk.name.endsWith('-root') ? '/dev/xvda' : '/dev/sdf',
              State: 'attached',
              AttachTime: disk.created,
            },
          ],
    Encrypted: true,
    KmsKeyId: arn('kms', disk.region, 'key/6f0c1d52-9b7e-4a38-8e21-5c3d7a94b016'),
  };
}

const seriesOf = (disk: Disk): MetricSeries[] =>
  disk.operations === undefined ? [] : volumeSeries(disk.region, disk.id, disk.operations, disk.throughput);

function chargesOf(disk: Disk): Charge[] {
  const charge = (unit: string, amount: number, kind: string, description: string): Charge => ({
    region: disk.region,
    zone: `${disk.region}a`,
    service: 'ebs',
    resourceId: disk.id,
    resourceType: 'Volume',
    description,
    unit,
    unitPrice: price(`ebs/${disk.region}/${disk.type}/${kind}`),
    quantity: partOfMonth(amount),
    environment: disk.environment,
    ...(disk.created > '2026-10-01' ? { from: disk.created.slice(0, 10) } : {}),
  });
  const [iops, mibps] = paidPerformance(disk);
  return [
    charge('GB-Mo', disk.gib, 'gb-month', `per GB-month of ${disk.type} provisioned storage`),
    ...(iops > 0 ? [charge('IOPS-Mo', iops, 'iops-month', `per IOPS-month provisioned (${disk.type})`)] : []),
    ...(mibps > 0 ? [charge('MiBps-Mo', mibps, 'mibps-month', 'per provisioned MiBps-month of gp3')] : []),
  ];
}

/** IOPS and MiB/s that cost extra: all of io1, above 3,000 and 125 of gp3. */
function paidPerformance({ type, iops = 0, mibps = 0 }: Disk): [number, number] {
  if (type === 'io1') return [iops, 0];
  return type === 'gp3' ? [Math.max(0, iops - 3000), Math.max(0, mibps - 125)] : [0, 0];
}

/** USD a month at list price of one unit of a volume type. */
const ebs = (kind: string, amount: number, region = 'us-east-1'): Fraction =>
  multiply(price(`ebs/${region}/${kind}`), fraction(amount));

const onVolumeBill = (listSaving: Fraction, listCost: Fraction): Fraction =>
  onBill({ listSaving, listCost, billed: billedMonths(listCost) });

function planted(): Planted[] {
  const gp2 = (gib: number) => ebs('gp2/gb-month', gib);
  const gp3 = (gib: number) => ebs('gp3/gb-month', gib);
  const toGp3 = (gib: number) => onVolumeBill(subtract(gp2(gib), gp3(gib)), gp2(gib));
  const io1 = add(ebs('io1/gb-month', 200), ebs('io1/iops-month', 3000));
  const unusedPerformance = add(ebs('gp3/iops-month', 3000), ebs('gp3/mibps-month', 375));
  const oldIndex = add(gp3(200), ebs('gp3/iops-month', 3000), ebs('gp3/mibps-month', 125));
  const rootGib = machine('migration-runner').rootGib;
  const snapshotOf = (gib: number) => ebs('snapshot/gb-month', gib);
  return [
    finding(diskId('legacy-crm-root'), 'ebs-gp2-to-gp3', toGp3(100)),
    finding(diskId('pricing-data'), 'ebs-gp2-to-gp3', toGp3(500)),
    ...waterfall(diskId('search-index'), billedMonths(io1), [
      {
        options: [
          ['ebs-io-to-gp3', onVolumeBill(subtract(io1, gp3(200)), io1)],
          // Lowering the IOPS instead saves less, for the size stays at the price of io1.
          ['ebs-io-unused-iops', fraction(0)],
        ],
      },
    ]),
    finding(
      diskId('reports-scratch'),
      'ebs-gp3-unused-performance',
      onVolumeBill(unusedPerformance, add(gp3(300), unusedPerformance)),
    ),
    finding(diskId('etl-backfill'), 'ebs-idle', onVolumeBill(gp3(100), gp3(100))),
    finding(
      diskId('migration-dump'),
      'ebs-on-stopped-instance',
      onVolumeBill(subtract(gp3(200), snapshotOf(200)), gp3(200)),
    ),
    finding(diskId('old-search-index'), 'ebs-unattached', onVolumeBill(oldIndex, oldIndex)),
    ...waterfall(diskId('migration-runner-root'), billedMonths(gp2(rootGib)), [
      {
        options: [['ebs-on-stopped-instance', onVolumeBill(subtract(gp2(rootGib), snapshotOf(rootGib)), gp2(rootGib))]],
      },
      { options: [['ebs-gp2-to-gp3', toGp3(rootGib)]] },
    ]),
    ...waterfall(diskId('crm-backup'), billedMonths(gp2(80)), [
      { options: [['ebs-unattached', onVolumeBill(gp2(80), gp2(80))]] },
      { options: [['ebs-gp2-to-gp3', toGp3(80)]] },
    ]),
    finding(diskId('eu-api-old'), 'ebs-unattached', euUnattached()),
    advice(diskId('crm-archive'), 'ebs-magnetic-review'),
  ];
}

function euUnattached(): Fraction {
  const cost = ebs('gp2/gb-month', 120, 'eu-west-1');
  return onVolumeBill(cost, cost);
}

function unknown(): PlantedUnknown[] {
  const unmeasured = ['label-printer-gateway-root', 'migration-runner-root', 'migration-dump'];
  return [
    ...unmeasured.map((name) => ({ resource: diskId(name), rule: 'ebs-idle', reason: 'NO_METRICS' })),
    { resource: diskId('eu-api-old'), rule: 'ebs-gp2-to-gp3', reason: 'NO_PRICE' },
  ];
}
