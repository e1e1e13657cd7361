import type { Shapes } from './shape.ts';

/** Answers of `@aws-sdk/client-ec2`. Source: botocore ec2 2016-11-15 model, read 2026-08-07. */
export const EC2_SHAPES: Shapes = {
  DescribeInstances: [
    {
      type: 'Ec2Instance',
      at: 'Reservations/*/Instances/*',
      id: 'InstanceId',
      owner: 'OwnerId',
      refs: [
        'ImageId',
        'BlockDeviceMappings/*/Ebs/VolumeId',
        'NetworkInterfaces/*/Association/AllocationId',
        'NetworkInterfaces/*/NetworkInterfaceId',
      ],
    },
  ],
  DescribeVolumes: [
    {
      type: 'EbsVolume',
      at: 'Volumes/*',
      id: 'VolumeId',
      refs: ['Attachments/*/InstanceId', 'SnapshotId'],
    },
  ],
  DescribeSnapshots: [
    {
      type: 'EbsSnapshot',
      at: 'Snapshots/*',
      id: 'SnapshotId',
      owner: 'OwnerId',
      listsOthers: true,
      refs: ['VolumeId'],
    },
  ],
  DescribeImages: [
    {
      type: 'Ec2Image',
      at: 'Images/*',
      id: 'ImageId',
      name: 'Name',
      owner: 'OwnerId',
      listsOthers: true,
      refs: ['BlockDeviceMappings/*/Ebs/SnapshotId'],
    },
  ],
  DescribeAddresses: [
    {
      type: 'ElasticIp',
      at: 'Addresses/*',
      // EC2-Classic addresses have no allocation id.
      id: ['AllocationId', 'PublicIp'],
      owner: 'NetworkInterfaceOwnerId',
      refs: ['InstanceId', 'NetworkInterfaceId', 'PublicIp'],
    },
  ],
  DescribeNatGateways: [
    {
      type: 'NatGateway',
      at: 'NatGateways/*',
      id: 'NatGatewayId',
      refs: ['NatGatewayAddresses/*/AllocationId', 'SubnetId', 'VpcId'],
    },
  ],
  DescribeVpcEndpoints: [
    {
      type: 'VpcEndpoint',
      at: 'VpcEndpoints/*',
      id: 'VpcEndpointId',
      owner: 'OwnerId',
      refs: ['VpcId', 'NetworkInterfaceIds/*'],
    },
  ],
  DescribeCapacityReservations: [
    {
      type: 'Ec2CapacityReservation',
      at: 'CapacityReservations/*',
      id: 'CapacityReservationId',
      arn: 'CapacityReservationArn',
      owner: 'OwnerId',
    },
  ],
  DescribeHosts: [{ type: 'Ec2Host', at: 'Hosts/*', id: 'HostId', owner: 'OwnerId' }],
  DescribeTransitGatewayAttachments: [
    {
      type: 'TransitGatewayAttachment',
      at: 'TransitGatewayAttachments/*',
      id: 'TransitGatewayAttachmentId',
      owner: 'ResourceOwnerId',
    },
  ],
  DescribeReservedInstances: [{ type: 'Commitment', at: 'ReservedInstances/*', id: 'ReservedInstancesId' }],
};
