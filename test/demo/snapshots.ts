import { ec2Id } from './chance.ts';
import { partOfMonth } from './charges.ts';
import { price } from './list-prices.ts';
import { advice } from './planted.ts';
import { ACCOUNT, type Answer, type Charge, type Part, arn } from './sample.ts';
import { diskId } from './volumes.ts';

/** Snapshots and images of the account, and the charges of the snapshots. */
export function snapshots(): Part {
  return {
    answers: answers(),
    series: [],
    charges: SNAPSHOTS.map(chargeOf),
    planted: [
      advice(ec2Id('snap', 'crm before upgrade'), 'ebs-old-snapshot'),
      advice(ec2Id('ami', 'etl-base-2024-11'), 'ec2-unused-image'),
    ],
    unknown: [],
  };
}

interface Backup {
  readonly name: string;
  readonly gib: number;
  /** GiB of changed blocks that are billed. */
  readonly billedGib: number;
  readonly started: string;
  readonly of: string;
}

const SNAPSHOTS: readonly Backup[] = [
  {
    name: 'crm before upgrade',
    gib: 100,
    billedGib: 61,
    started: '2025-02-11T03:10:22.501000+00:00',
    of: 'legacy-crm-root',
  },
  {
    name: 'label-printer-2025-04',
    gib: 16,
    billedGib: 5,
    started: '2025-04-18T09:02:10.114000+00:00',
    of: 'label-printer-gateway-root',
  },
  {
    name: 'etl-base-2024-11',
    gib: 30,
    billedGib: 9,
    started: '2024-11-05T07:44:51.870000+00:00',
    of: 'etl-prod-1-root',
  },
];

/** Own images: the snapshot each is made of has the same name. */
const IMAGES = [
  { name: 'label-printer-2025-04', arch: 'arm64', gib: 16, created: '2025-04-18T09:02:02.000Z' },
  { name: 'etl-base-2024-11', arch: 'x86_64', gib: 30, created: '2024-11-05T07:44:43.000Z' },
] as const;

function answers(): Answer[] {
  return [
    {
      region: 'us-east-1',
      client: 'ec2',
      operation: 'DescribeSnapshots',
      body: { Snapshots: SNAPSHOTS.map(snapshot) },
    },
    { region: 'us-east-1', client: 'ec2', operation: 'DescribeImages', body: { Images: IMAGES.map(image) } },
  ];
}

const snapshot = (backup: Backup): object => ({
  StorageTier: 'standard',
  TransferType: 'standard',
  CompletionTime: backup.started,
  FullSnapshotSizeInBytes: backup.billedGib * 1024 ** 3,
  SnapshotId: ec2Id('snap', backup.name),
  VolumeId: diskId(backup.of),
  State: 'completed',
  StartTime: backup.started,
  Progress: '100%',
  OwnerId: ACCOUNT,
  Description: backup.name,
  VolumeSize: backup.gib,
  Encrypted: true,
  KmsKeyId: arn('kms', 'us-east-1', 'key/6f0c1d52-9b7e-4a38-8e21-5c3d7a94b016'),
});

const image = ({ name, arch, gib, created }: (typeof IMAGES)[number]): object => ({
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  BlockDeviceMappings: [
    {
      Ebs: {
        DeleteOnTermination: true,
        Iops: 3000,
        SnapshotId: ec2Id('snap', name),
        VolumeSize: gib,
        VolumeType: 'gp3',
        Throughput: 125,
        Encrypted: true,
      },
      DeviceName: '/dev/xvda',
    },
  ],
  EnaSupport: true,
  Hypervisor: 'xen',
  Name: name,
  RootDeviceName: '/dev/xvda',
  RootDeviceType: 'ebs',
  SriovNetSupport: 'simple',
  VirtualizationType: 'hvm',
  BootMode: 'uefi',
  ImdsSupport: 'v2.0',
  ImageId: ec2Id('ami', name),
  ImageLocation: `${ACCOUNT}/${name}`,
  State: 'available',
  OwnerId: ACCOUNT,
  CreationDate: created,
  Public: false,
  Architecture: arch,
  ImageType: 'machine',
});

const chargeOf = (backup: Backup): Charge => ({
  region: 'us-east-1',
  service: 'ebs',
  resourceId: arn('ec2', 'us-east-1', `snapshot/${ec2Id('snap', backup.name)}`),
  resourceType: 'Snapshot',
  description: 'per GB-Month of snapshot data stored',
  unit: 'GB-Mo',
  unitPrice: price('ebs/us-east-1/snapshot/gb-month'),
  quantity: partOfMonth(backup.billedGib),
  environment: 'prod',
});
