import { ec2Id } from '../../demo/chance.ts';
import { byMonth, chargedPrice, listPrice } from './money.ts';
import { whole } from './network.ts';
import { plain, told } from './plain.ts';
import { ACCOUNT, type Planned, type Site, type Truth } from './planned.ts';
import { daysAgo } from './workload.ts';

/** A file system: mounted, or without a mount target. */
export function fileSystem(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted({ mounted: 60, 'cannot be mounted': 30, 'set up today': 5, 'set up lately': 5 });
  const id = ec2Id('fs', name);
  const gb = draw.whole(5, 400);
  const age = {
    mounted: draw.between(30, 900),
    'cannot be mounted': draw.between(60, 900),
    'set up today': draw.between(0.1, 2),
    'set up lately': draw.between(5, 40),
  }[role];
  const price = listPrice(`efs/${region}/standard/gb-month`);
  const item = {
    FileSystemId: id,
    OwnerId: ACCOUNT,
    LifeCycleState: 'available',
    CreationTime: daysAgo(age),
    NumberOfMountTargets: role === 'mounted' ? 2 : 0,
    FileSystemArn: arnOf(region, id),
    SizeInBytes: { Value: gb * 2 ** 30, ValueInStandard: gb * 2 ** 30, ValueInIA: 0 },
  };
  return {
    ...plain(site, {
      type: 'EfsFileSystem',
      id,
      workload: role,
      answer: ['efs', 'DescribeFileSystems', 'FileSystems'],
      item,
    }),
    billedAs: arnOf(region, id),
    charges: [
      {
        service: 'Amazon Elastic File System',
        what: 'storage',
        usdMonth: chargedPrice(`efs/${region}/standard/gb-month`) * gb,
      },
    ],
    ...(role === 'set up lately'
      ? { waste: { 'file system nobody can mount': 'unclear' } }
      : whole(
          'file system nobody can mount',
          role === 'cannot be mounted',
          byMonth(price === undefined ? undefined : price * gb, terms),
        )),
  };
}

const arnOf = (region: string, id: string): string =>
  `arn:aws:elasticfilesystem:${region}:${ACCOUNT}:file-system/${id}`;

/** A notebook instance: never stopped, started today, or stopped. */
export function notebook(site: Site): Planned {
  const { draw, name } = site;
  const role = draw.weighted({ 'never stopped': 45, 'started today': 20, stopped: 25, 'started lately': 10 });
  const id = ec2Id('nb', name);
  const since = {
    'never stopped': draw.between(30, 400),
    'started today': draw.between(0.1, 2),
    stopped: draw.between(1, 300),
    'started lately': draw.between(4, 20),
  }[role];
  const truth: Partial<Record<typeof role, Truth>> = { 'never stopped': 'advice', 'started lately': 'unclear' };
  const item = {
    NotebookInstanceName: id,
    NotebookInstanceStatus: role === 'stopped' ? 'Stopped' : 'InService',
    InstanceType: 'ml.t3.medium',
    LastModifiedTime: daysAgo(since),
  };
  return {
    ...plain(site, {
      type: 'SageMakerNotebook',
      id,
      workload: role,
      answer: ['sagemaker', 'ListNotebookInstances', 'NotebookInstances'],
      item,
    }),
    ...told('notebook that never sleeps', truth[role]),
  };
}

/** An Auto Scaling group: pinned under a load that changes, free, pinned because it is a quorum, or new. */
export function scalingGroup(site: Site): Planned {
  const { draw, name, region } = site;
  const role = draw.weighted({ pinned: 40, free: 45, quorum: 1, new: 8, 'of last month': 6 });
  const id = ec2Id('asg', name);
  const size = role === 'quorum' ? 3 : draw.whole(2, 9);
  const age = {
    pinned: draw.between(70, 900),
    free: draw.between(70, 900),
    quorum: draw.between(70, 900),
    new: draw.between(0.5, 10),
    'of last month': draw.between(15, 60),
  }[role];
  const truth: Partial<Record<typeof role, Truth>> = { pinned: 'advice', 'of last month': 'unclear' };
  const item = {
    AutoScalingGroupName: id,
    AutoScalingGroupARN: `arn:aws:autoscaling:${region}:${ACCOUNT}:autoScalingGroup:${ec2Id('x', name)}:autoScalingGroupName/${id}`,
    MinSize: role === 'free' ? 1 : size,
    MaxSize: role === 'free' ? size + 4 : size,
    DesiredCapacity: size,
    CreatedTime: daysAgo(age),
  };
  return {
    ...plain(site, {
      type: 'Ec2AutoScalingGroup',
      id,
      workload: role,
      answer: ['auto-scaling', 'DescribeAutoScalingGroups', 'AutoScalingGroups'],
      item,
    }),
    ...told('group that cannot follow its load', truth[role]),
  };
}

/** A node group of a Kubernetes cluster whose images are built for both processors. */
export function nodeGroup(site: Site): Planned {
  const { draw, name, region } = site;
  const type = draw.pick(['m5.large', 'm6i.xlarge', 'm7g.large', 'c6g.large']);
  const isArm = type.includes('g.');
  const id = ec2Id('ng', name);
  const item = {
    nodegroup: {
      nodegroupName: id,
      clusterName: 'platform',
      nodegroupArn: `arn:aws:eks:${region}:${ACCOUNT}:nodegroup/platform/${id}/1`,
      amiType: isArm ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD',
      instanceTypes: [type],
      scalingConfig: { minSize: 1, maxSize: 6, desiredSize: draw.whole(1, 5) },
    },
  };
  return {
    type: 'EksNodegroup',
    id: `platform/${id}`,
    region,
    workload: type,
    pieces: [{ client: 'eks', operation: 'DescribeNodegroup', item }],
    lines: [],
    charges: [],
    ...told(
      'nodes on x86 that run on arm',
      isArm ? undefined : listPrice(`ec2/${region}/linux/${type}`) === undefined ? 'unpriced' : 'advice',
    ),
  };
}
