import { ec2Id } from './chance.ts';
import { allHours, unevenDay } from './charges.ts';
import { price } from './list-prices.ts';
import { daily, flat } from './metrics.ts';
import { advice, deleted, finding } from './planted.ts';
import {
  ACCOUNT,
  type Answer,
  type Charge,
  type Environment,
  type MetricSeries,
  NETWORK,
  type Part,
  type Region,
  arn,
  tags,
} from './sample.ts';

/** Addresses, gateways and endpoints. */
export function network(): Part {
  return {
    answers: [...addressAnswers(), natAnswer(), endpointAnswer()],
    series: [...GATEWAYS.flatMap(gatewaySeries), endpointSeries()],
    charges: [...ADDRESSES.map(addressCharge), ...GATEWAYS.flatMap(gatewayCharges), endpointCharge()],
    planted: [
      finding(addressId('old-vpn'), 'network-idle-elastic-ip', deleted(price('vpc/us-east-1/public-ipv4/hour'))),
      finding(gatewayId('staging-nat'), 'network-idle-nat-gateway', deleted(price('vpc/us-east-1/nat-gateway/hour'))),
      // Certainly unused, but its region has no sourced price: no dollars.
      advice(addressId('eu-campaign'), 'network-idle-elastic-ip'),
    ],
    unknown: [{ resource: ENDPOINT, rule: 'network-idle-interface-endpoint', reason: 'METRICS_INCOMPLETE' }],
  };
}

interface Address {
  readonly name: string;
  readonly region: Region;
  readonly ip: string;
  readonly environment: Environment;
  /** The gateway that uses it. */
  readonly gateway?: string;
}

/** Addresses of the documentation ranges (RFC 5737). */
const ADDRESSES: readonly Address[] = [
  { name: 'prod-nat', region: 'us-east-1', ip: '203.0.113.17', environment: 'prod', gateway: 'prod-nat' },
  { name: 'staging-nat', region: 'us-east-1', ip: '203.0.113.52', environment: 'staging', gateway: 'staging-nat' },
  { name: 'old-vpn', region: 'us-east-1', ip: '203.0.113.98', environment: 'dev' },
  { name: 'eu-campaign', region: 'eu-west-1', ip: '198.51.100.23', environment: 'dev' },
];

const GATEWAYS = [
  { name: 'prod-nat', environment: 'prod', gbADay: 38, mostAnHour: 1_900_000_000 },
  { name: 'staging-nat', environment: 'staging', gbADay: 0, mostAnHour: 0 },
] as const;

const addressId = (name: string): string => ec2Id('eipalloc', name);
const gatewayId = (name: string): string => ec2Id('nat', name);

function addressAnswers(): Answer[] {
  return (['us-east-1', 'eu-west-1'] as const).map((region) => ({
    region,
    client: 'ec2',
    operation: 'DescribeAddresses',
    body: { Addresses: ADDRESSES.filter((one) => one.region === region).map(address) },
  }));
}

function address({ name, region, ip, environment, gateway }: Address): object {
  const use =
    gateway === undefined
      ? {}
      : {
          AssociationId: ec2Id('eipassoc', name),
          NetworkInterfaceId: ec2Id('eni', `nat ${name}`),
          NetworkInterfaceOwnerId: ACCOUNT,
          PrivateIpAddress: natIp(gateway),
        };
  return {
    AllocationId: addressId(name),
    ...use,
    Domain: 'vpc',
    Tags: tags(name, environment, 'network'),
    PublicIp: ip,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: region,
  };
}

const natIp = (name: string): string => `${NETWORK['us-east-1'].ip}.0.${name === 'prod-nat' ? 10 : 11}`;

const addressCharge = ({ name, region, environment, gateway }: Address): Charge => ({
  region,
  service: 'vpc',
  resourceId: arn('ec2', region, `elastic-ip/${addressId(name)}`),
  resourceType: 'Elastic IP',
  description: `per ${gateway === undefined ? 'Idle' : 'In-use'} public IPv4 address per hour`,
  unit: 'Hrs',
  unitPrice: price(`vpc/${region}/public-ipv4/hour`),
  quantity: allHours(),
  environment,
});

const natAnswer = (): Answer => ({
  region: 'us-east-1',
  client: 'ec2',
  operation: 'DescribeNatGateways',
  body: {
    NatGateways: GATEWAYS.map(({ name, environment }) => ({
      CreateTime: '2023-03-07T09:12:45+00:00',
      NatGatewayAddresses: [
        {
          AllocationId: addressId(name),
          NetworkInterfaceId: ec2Id('eni', `nat ${name}`),
          PrivateIp: natIp(name),
          PublicIp: ADDRESSES.find((one) => one.gateway === name)?.ip,
          AssociationId: ec2Id('eipassoc', name),
          IsPrimary: true,
          Status: 'succeeded',
        },
      ],
      NatGatewayId: gatewayId(name),
      State: 'available',
      SubnetId: NETWORK['us-east-1'].subnets[1],
      VpcId: NETWORK['us-east-1'].vpc,
      Tags: tags(name, environment, 'network'),
      ConnectivityType: 'public',
    })),
  },
});

function gatewaySeries({ name, mostAnHour }: (typeof GATEWAYS)[number]): MetricSeries[] {
  return ['BytesOutToDestination', 'BytesInFromDestination'].map((metric) => {
    const named = {
      region: 'us-east-1',
      namespace: 'AWS/NATGateway',
      metric,
      dimensions: { NatGatewayId: gatewayId(name) },
      stat: 'Sum',
    } as const;
    return mostAnHour === 0 ? flat(named, [0, 0]) : daily(named, [60_000_000, mostAnHour]);
  });
}

function gatewayCharges({ name, environment, gbADay }: (typeof GATEWAYS)[number]): Charge[] {
  const charge = {
    region: 'us-east-1',
    service: 'nat',
    resourceId: arn('ec2', 'us-east-1', `natgateway/${gatewayId(name)}`),
    resourceType: 'NAT Gateway',
    environment,
  } as const;
  const hours: Charge = {
    ...charge,
    description: 'per NAT Gateway Hour',
    unit: 'Hrs',
    unitPrice: price('vpc/us-east-1/nat-gateway/hour'),
    quantity: allHours(),
  };
  if (gbADay === 0) return [hours];
  return [
    hours,
    {
      ...charge,
      description: 'per GB Data Processed by NAT Gateways',
      unit: 'GB',
      unitPrice: price('vpc/us-east-1/nat-gateway/gb'),
      quantity: unevenDay(name, gbADay),
    },
  ];
}

const ENDPOINT = ec2Id('vpce', 'secrets');
const ENDPOINT_SERVICE = 'com.amazonaws.us-east-1.secretsmanager';

const endpointAnswer = (): Answer => ({
  region: 'us-east-1',
  client: 'ec2',
  operation: 'DescribeVpcEndpoints',
  body: {
    VpcEndpoints: [
      {
        VpcEndpointId: ENDPOINT,
        VpcEndpointType: 'Interface',
        VpcId: NETWORK['us-east-1'].vpc,
        ServiceName: ENDPOINT_SERVICE,
        State: 'available',
        PolicyDocument:
          '{\n  "Statement": [\n    {\n      "Action": "*",\n      "Effect": "Allow",\n      "Principal": "*",\n      "Resource": "*"\n    }\n  ]\n}',
        RouteTableIds: [],
        SubnetIds: [...NETWORK['us-east-1'].subnets],
        Groups: [{ GroupId: ec2Id('sg', 'endpoints'), GroupName: 'fernway-endpoints' }],
        IpAddressType: 'ipv4',
        PrivateDnsEnabled: true,
        RequesterManaged: false,
        NetworkInterfaceIds: [ec2Id('eni', 'secrets a'), ec2Id('eni', 'secrets b')],
        CreationTimestamp: '2024-05-29T13:30:08.114000+00:00',
        Tags: tags('secrets-endpoint', 'prod', 'network'),
        OwnerId: ACCOUNT,
      },
    ],
  },
});

const endpointSeries = (): MetricSeries =>
  daily(
    {
      region: 'us-east-1',
      namespace: 'AWS/PrivateLinkEndpoints',
      metric: 'BytesProcessed',
      dimensions: {
        'Endpoint Type': 'Interface',
        'Service Name': ENDPOINT_SERVICE,
        'VPC Endpoint Id': ENDPOINT,
        'VPC Id': NETWORK['us-east-1'].vpc,
      },
      stat: 'Sum',
    },
    [40_000, 2_400_000],
  );

const endpointCharge = (): Charge => ({
  region: 'us-east-1',
  service: 'vpc',
  resourceId: arn('ec2', 'us-east-1', `vpc-endpoint/${ENDPOINT}`),
  resourceType: 'VPC Endpoint',
  description: 'per VPC Endpoint Hour',
  unit: 'Hrs',
  unitPrice: price('vpc/us-east-1/interface-endpoint/hour'),
  quantity: allHours(2),
  environment: 'prod',
});
