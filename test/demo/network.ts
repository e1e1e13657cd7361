import { HEX, ec2Id, word } from './chance.ts';
import { allHours, everyDay } from './charges.ts';
import { price } from './list-prices.ts';
import { daily, flat } from './metrics.ts';
import { billedHours, finding, listMonth, onBill } from './planted.ts';
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

/** Addresses, gateways, endpoints and load balancers. */
export function network(): Part {
  return {
    answers: [...addressAnswers(), natAnswer(), endpointAnswer(), ...balancerAnswers()],
    series: [...GATEWAYS.flatMap(gatewaySeries), endpointSeries()],
    charges: [...ADDRESSES.map(addressCharge), ...GATEWAYS.flatMap(gatewayCharges), endpointCharge(), ...balancerCharges()],
    planted: [
      finding(addressId('old-vpn'), 'network-idle-elastic-ip', whole('vpc/us-east-1/public-ipv4/hour')),
      finding(gatewayId('staging-nat'), 'network-idle-nat-gateway', whole('vpc/us-east-1/nat-gateway/hour')),
      finding('crm-classic', 'elb-classic-no-instances', whole('elb/us-east-1/classic/hour')),
    ],
    unknown: [
      { resource: addressId('eu-campaign'), rule: 'network-idle-elastic-ip', reason: 'NO_PRICE' },
      { resource: ENDPOINT, rule: 'network-idle-interface-endpoint', reason: 'METRICS_INCOMPLETE' },
      { resource: BALANCER, rule: 'elb-no-targets', reason: 'NOT_COLLECTED' },
    ],
  };
}

/** What deleting something charged by the hour saves. */
function whole(key: string): ReturnType<typeof onBill> {
  const list = listMonth(price(key));
  return onBill({ listSaving: list, listCost: list, billed: billedHours(price(key)) });
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
  { name: 'prod-nat', environment: 'prod', gbADay: '38', mostAnHour: 1_900_000_000 },
  { name: 'staging-nat', environment: 'staging', gbADay: '0', mostAnHour: 0 },
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
  if (gbADay === '0') return [hours];
  return [
    hours,
    {
      ...charge,
      description: 'per GB Data Processed by NAT Gateways',
      unit: 'GB',
      unitPrice: price('vpc/us-east-1/nat-gateway/gb'),
      quantity: everyDay(gbADay),
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
        PolicyDocument: '{\n  "Statement": [\n    {\n      "Action": "*",\n      "Effect": "Allow",\n      "Principal": "*",\n      "Resource": "*"\n    }\n  ]\n}',
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

const BALANCER = arn('elasticloadbalancing', 'us-east-1', `loadbalancer/app/web-prod/${word('web-prod', 16, HEX)}`);
const TARGETS = arn('elasticloadbalancing', 'us-east-1', `targetgroup/web-prod/${word('web-prod targets', 16, HEX)}`);

function balancerAnswers(): Answer[] {
  return [
    {
      region: 'us-east-1',
      client: 'elastic-load-balancing-v2',
      operation: 'DescribeLoadBalancers',
      body: { LoadBalancers: [applicationBalancer()] },
    },
    {
      region: 'us-east-1',
      client: 'elastic-load-balancing-v2',
      operation: 'DescribeTargetGroups',
      body: { TargetGroups: [targetGroup()] },
    },
    {
      region: 'us-east-1',
      client: 'elastic-load-balancing',
      operation: 'DescribeLoadBalancers',
      body: { LoadBalancerDescriptions: [classicBalancer()] },
    },
  ];
}

const applicationBalancer = (): object => ({
  LoadBalancerArn: BALANCER,
  DNSName: 'web-prod-1290457713.us-east-1.elb.amazonaws.com',
  CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
  CreatedTime: '2023-03-07T10:02:11.530000+00:00',
  LoadBalancerName: 'web-prod',
  Scheme: 'internet-facing',
  VpcId: NETWORK['us-east-1'].vpc,
  State: { Code: 'active' },
  Type: 'application',
  AvailabilityZones: NETWORK['us-east-1'].subnets.map((SubnetId, index) => ({
    ZoneName: `us-east-1${'ab'[index]}`,
    SubnetId,
    LoadBalancerAddresses: [],
  })),
  SecurityGroups: [ec2Id('sg', 'us-east-1 web')],
  IpAddressType: 'ipv4',
});

const targetGroup = (): object => ({
  TargetGroupArn: TARGETS,
  TargetGroupName: 'web-prod',
  Protocol: 'HTTP',
  Port: 8080,
  VpcId: NETWORK['us-east-1'].vpc,
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: 'traffic-port',
  HealthCheckEnabled: true,
  HealthCheckIntervalSeconds: 15,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 3,
  HealthCheckPath: '/healthz',
  Matcher: { HttpCode: '200' },
  LoadBalancerArns: [BALANCER],
  TargetType: 'ip',
  ProtocolVersion: 'HTTP1',
  IpAddressType: 'ipv4',
});

const classicBalancer = (): object => ({
  LoadBalancerName: 'crm-classic',
  DNSName: 'crm-classic-604418352.us-east-1.elb.amazonaws.com',
  CanonicalHostedZoneName: 'crm-classic-604418352.us-east-1.elb.amazonaws.com',
  CanonicalHostedZoneNameID: 'Z35SXDOTRQ7X7K',
  ListenerDescriptions: [
    {
      Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8000 },
      PolicyNames: [],
    },
  ],
  Policies: { AppCookieStickinessPolicies: [], LBCookieStickinessPolicies: [], OtherPolicies: [] },
  BackendServerDescriptions: [],
  AvailabilityZones: ['us-east-1a', 'us-east-1b'],
  Subnets: [...NETWORK['us-east-1'].subnets],
  VPCId: NETWORK['us-east-1'].vpc,
  Instances: [],
  HealthCheck: { Target: 'HTTP:8000/', Interval: 30, Timeout: 5, UnhealthyThreshold: 2, HealthyThreshold: 10 },
  SourceSecurityGroup: { OwnerAlias: ACCOUNT, GroupName: 'fernway-crm' },
  SecurityGroups: [ec2Id('sg', 'us-east-1 crm')],
  CreatedTime: '2019-05-08T12:30:19.220000+00:00',
  Scheme: 'internet-facing',
});

function balancerCharges(): Charge[] {
  const charge = { region: 'us-east-1', service: 'elb', unit: 'Hrs', environment: 'prod' } as const;
  return [
    {
      ...charge,
      resourceId: BALANCER,
      resourceType: 'Load Balancer',
      description: 'per Application LoadBalancer-hour (or partial hour)',
      unitPrice: price('elb/us-east-1/application/hour'),
      quantity: allHours(),
    },
    {
      ...charge,
      resourceId: BALANCER,
      resourceType: 'Load Balancer',
      description: 'per used Application load balancer capacity unit-hour (or partial hour)',
      unit: 'LCU-Hrs',
      unitPrice: price('elb/us-east-1/application/lcu-hour'),
      quantity: everyDay('31.5'),
    },
    {
      ...charge,
      resourceId: arn('elasticloadbalancing', 'us-east-1', 'loadbalancer/crm-classic'),
      resourceType: 'Load Balancer',
      description: 'per LoadBalancer-hour (or partial hour)',
      unitPrice: price('elb/us-east-1/classic/hour'),
      quantity: allHours(),
    },
  ];
}
