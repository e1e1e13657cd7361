import { ec2Id } from '../../demo/chance.ts';
import { plain, told } from './plain.ts';
import { ACCOUNT, type Planned, type Site, type Truth } from './planned.ts';
import { daysAgo } from './workload.ts';

/** A snapshot: of a deleted disk, last night's, an image's, or kept because the law says so. */
export function snapshot(site: Site): Planned {
  const { draw, name } = site;
  const role = draw.weighted({ 'of a deleted disk': 45, 'last weeks': 35, 'some months': 15, 'kept by law': 1 });
  const id = ec2Id('snap', name);
  const age = {
    'of a deleted disk': draw.between(200, 1800),
    'last weeks': draw.between(0, 28),
    'some months': draw.between(30, 190),
    'kept by law': draw.between(400, 2000),
  }[role];
  const truth: Partial<Record<typeof role, Truth>> = { 'of a deleted disk': 'advice', 'some months': 'unclear' };
  const item = {
    SnapshotId: id,
    VolumeId: ec2Id('vol', `${name} gone`),
    State: 'completed',
    StorageTier: 'standard',
    OwnerId: ACCOUNT,
    StartTime: daysAgo(age),
    VolumeSize: 100,
  };
  return {
    ...plain(site, {
      type: 'EbsSnapshot',
      id,
      workload: role,
      answer: ['ec2', 'DescribeSnapshots', 'Snapshots'],
      item,
    }),
    ...told('snapshot nobody restores', truth[role]),
  };
}

/** An image with its snapshot: never started any more, in use by machines, or new. */
export function image(site: Site): Planned[] {
  const { draw, name } = site;
  const role = draw.weighted({ superseded: 55, 'in use': 25, new: 10, 'some months': 10 });
  const id = role === 'in use' ? ec2Id('ami', `${name.split('|')[0]} in use ${draw.whole(0, 5)}`) : ec2Id('ami', name);
  const age = {
    superseded: draw.between(200, 1500),
    'in use': draw.between(200, 900),
    new: draw.between(0, 25),
    'some months': draw.between(30, 180),
  }[role];
  const truth: Partial<Record<typeof role, Truth>> = { superseded: 'advice', 'some months': 'unclear' };
  const snapshotId = ec2Id('snap', `${name} of image`);
  const item = {
    ImageId: id,
    Name: id,
    OwnerId: ACCOUNT,
    State: 'available',
    CreationDate: daysAgo(age),
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: snapshotId } }],
  };
  const backing = {
    SnapshotId: snapshotId,
    VolumeId: ec2Id('vol', `${name} builder`),
    State: 'completed',
    StorageTier: 'standard',
    OwnerId: ACCOUNT,
    StartTime: daysAgo(age),
    VolumeSize: 8,
  };
  return [
    {
      ...plain(site, { type: 'Ec2Image', id, workload: role, answer: ['ec2', 'DescribeImages', 'Images'], item }),
      ...told('image nobody starts', truth[role]),
    },
    {
      ...plain(site, {
        type: 'EbsSnapshot',
        id: snapshotId,
        workload: 'of an image',
        answer: ['ec2', 'DescribeSnapshots', 'Snapshots'],
        item: backing,
      }),
      waste: {},
    },
  ];
}
