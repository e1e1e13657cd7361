import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  type CreateVolumeCommandInput,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type At, putHours } from './metrics.ts';

/** Instances and volumes: idle and busy, oversized, watched too closely, with performance nobody uses. */
export async function fillMachines(at: At): Promise<void> {
  const ec2 = new EC2Client(at);
  const run = await starter(ec2);
  const [idle, busy, roomy] = [await run('m5.large'), await run('m5.large'), await run('m5.2xlarge')];
  await run('m5.large', {
    Monitoring: { Enabled: true },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'env', Value: 'test' }] }],
  });
  const stopped = await run('m5.large');
  await ec2.send(new StopInstancesCommand({ InstanceIds: [stopped] }));
  await putHours(at, 'AWS/EC2', { InstanceId: idle }, { CPUUtilization: 1.5, NetworkIn: 100, NetworkOut: 90 });
  await putHours(at, 'AWS/EC2', { InstanceId: busy }, { CPUUtilization: 85, NetworkIn: 9e9, NetworkOut: 9e9 });
  await putHours(at, 'AWS/EC2', { InstanceId: roomy }, { CPUUtilization: 12, NetworkIn: 9e9, NetworkOut: 9e9 });
  await putHours(at, 'CWAgent', { InstanceId: roomy }, { mem_used_percent: 20 });
  await fillVolumes(at, ec2, busy);
}

type Run = (InstanceType: 'm5.large' | 'm5.2xlarge', more?: Partial<RunInstancesCommandInput>) => Promise<string>;

async function starter(ec2: EC2Client): Promise<Run> {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const ImageId = Images.find((image) => image.Platform === undefined && image.Architecture === 'x86_64')?.ImageId;
  return async (InstanceType, more = {}) => {
    const input = { ImageId, InstanceType, MinCount: 1, MaxCount: 1, ...more };
    const { Instances = [] } = await ec2.send(new RunInstancesCommand(input));
    return Instances[0]?.InstanceId ?? '';
  };
}

async function fillVolumes(at: At, ec2: EC2Client, InstanceId: string): Promise<void> {
  const volumes: [Partial<CreateVolumeCommandInput>, number][] = [
    [{ VolumeType: 'gp3', Iops: 6000, Throughput: 300 }, 100],
    [{ VolumeType: 'gp3' }, 100],
    [{ VolumeType: 'io1', Iops: 3000 }, 100],
    [{ VolumeType: 'gp2' }, 0],
  ];
  for (const [n, [volume, anHour]] of volumes.entries()) {
    const made = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${at.region}a`, Size: 100, ...volume }));
    const VolumeId = made.VolumeId ?? '';
    await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: `/dev/sd${'fghi'[n]}` }));
    await putHours(
      at,
      'AWS/EBS',
      { VolumeId },
      {
        VolumeReadOps: anHour,
        VolumeWriteOps: anHour,
        VolumeReadBytes: anHour * 4096,
        VolumeWriteBytes: anHour * 4096,
      },
    );
  }
}
