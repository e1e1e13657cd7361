import {
  CreateNatGatewayCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Subnet,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type At, putDays, putHours } from './metrics.ts';

/** Gateways, endpoints, attachments and load balancers, one used and one not of each. */
export async function fillNetwork(at: At): Promise<void> {
  const ec2 = new EC2Client(at);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const [first, second] = Subnets;
  if (first === undefined || second === undefined) throw new Error('expected two default subnets');
  await fillGateways(at, ec2, first);
  await fillEndpoints(at, ec2, first);
  await fillAttachments(at, ec2);
  await fillBalancers(at, [first, second]);
}

async function fillGateways(at: At, ec2: EC2Client, { SubnetId }: Subnet): Promise<void> {
  for (const bytes of [0, 1e9]) {
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' }));
    const dimensions = { NatGatewayId: NatGateway?.NatGatewayId ?? '' };
    await putHours(at, 'AWS/NATGateway', dimensions, { BytesInFromDestination: bytes, BytesOutToDestination: bytes });
  }
}

async function fillEndpoints(at: At, ec2: EC2Client, { SubnetId = '', VpcId = '' }: Subnet): Promise<void> {
  for (const [service, bytes] of [
    ['s3', 0],
    ['athena', 1e9],
  ] as const) {
    const ServiceName = `com.amazonaws.${at.region}.${service}`;
    const made = await ec2.send(
      new CreateVpcEndpointCommand({ VpcId, ServiceName, VpcEndpointType: 'Interface', SubnetIds: [SubnetId] }),
    );
    const dimensions = {
      'Endpoint Type': 'Interface',
      'Service Name': ServiceName,
      'VPC Endpoint Id': made.VpcEndpoint?.VpcEndpointId ?? '',
      'VPC Id': VpcId,
    };
    await putDays(at, 'AWS/PrivateLinkEndpoints', dimensions, { BytesProcessed: bytes });
  }
}

async function fillAttachments(at: At, ec2: EC2Client): Promise<void> {
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand({}));
  const TransitGatewayId = TransitGateway?.TransitGatewayId ?? '';
  for (const bytes of [0, 1e9]) {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: bytes === 0 ? '10.1.0.0/16' : '10.2.0.0/16' }));
    const made = await ec2.send(
      new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, VpcId: Vpc?.VpcId, SubnetIds: [] }),
    );
    const attachment = made.TransitGatewayVpcAttachment?.TransitGatewayAttachmentId ?? '';
    const dimensions = { TransitGateway: TransitGatewayId, TransitGatewayAttachment: attachment };
    await putDays(at, 'AWS/TransitGateway', dimensions, { BytesIn: bytes, BytesOut: bytes });
  }
}

async function fillBalancers(at: At, subnets: readonly Subnet[]): Promise<void> {
  const elb = new ElasticLoadBalancingV2Client(at);
  const Subnets = subnets.map((one) => one.SubnetId ?? '');
  for (const [Name, requests] of [
    ['lonely', 0],
    ['popular', 1000],
  ] as const) {
    const { LoadBalancers = [] } = await elb.send(
      new CreateLoadBalancerCommand({ Name, Subnets, Type: 'application' }),
    );
    const arn = LoadBalancers[0]?.LoadBalancerArn ?? '';
    const LoadBalancer = arn.split(':loadbalancer/')[1] ?? '';
    await putDays(at, 'AWS/ApplicationELB', { LoadBalancer }, { RequestCount: requests });
    await addTargetGroup(elb, {
      balancer: arn,
      name: Name,
      vpc: subnets[0]?.VpcId,
      targets: requests > 0 ? ['172.31.0.10'] : [],
    });
  }
}

interface TargetGroupOf {
  readonly balancer: string;
  readonly name: string;
  readonly vpc: string | undefined;
  readonly targets: readonly string[];
}

async function addTargetGroup(elb: ElasticLoadBalancingV2Client, of: TargetGroupOf): Promise<void> {
  const group = { Name: of.name, Protocol: 'HTTP', Port: 80, VpcId: of.vpc, TargetType: 'ip' } as const;
  const { TargetGroups = [] } = await elb.send(new CreateTargetGroupCommand(group));
  const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? '';
  const Targets = of.targets.map((Id) => ({ Id }));
  if (Targets.length > 0) await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  const listener = { LoadBalancerArn: of.balancer, Protocol: 'HTTP', Port: 80, DefaultActions } as const;
  await elb.send(new CreateListenerCommand(listener));
}
