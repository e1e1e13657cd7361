import { HEX, ec2Id, word } from './chance.ts';
import { allHours, everyDay } from './charges.ts';
import { price } from './list-prices.ts';
import { deleted, finding } from './planted.ts';
import { ACCOUNT, type Answer, type Charge, type Environment, NETWORK, type Part, arn } from './sample.ts';

/** Load balancers and their target groups. */
export function balancers(): Part {
  return {
    answers: balancerAnswers(),
    series: [],
    charges: balancerCharges(),
    planted: [
      finding(balancerArn('spring-campaign'), 'elb-no-targets', deleted(price('elb/us-east-1/application/hour'))),
      finding('crm-classic', 'elb-classic-no-instances', deleted(price('elb/us-east-1/classic/hour'))),
    ],
    unknown: BALANCERS.map((one) => ({ resource: balancerArn(one.name), rule: 'elb-idle', reason: 'NO_METRICS' })),
  };
}

interface Balancer {
  readonly name: string;
  readonly environment: Environment;
  readonly created: string;
  /** Addresses of the targets in its target group. */
  readonly targets: readonly string[];
}

/** Application Load Balancers, each with one target group of the same name. */
const BALANCERS: readonly Balancer[] = [
  {
    name: 'web-prod',
    environment: 'prod',
    created: '2023-03-07T10:02:11.530000+00:00',
    targets: [`${NETWORK['us-east-1'].ip}.1.20`],
  },
  { name: 'spring-campaign', environment: 'dev', created: '2025-03-04T14:41:36.870000+00:00', targets: [] },
];

const balancerArn = (name: string): string =>
  arn('elasticloadbalancing', 'us-east-1', `loadbalancer/app/${name}/${word(name, 16, HEX)}`);
const targetsArn = (name: string): string =>
  arn('elasticloadbalancing', 'us-east-1', `targetgroup/${name}/${word(`${name} targets`, 16, HEX)}`);

function balancerAnswers(): Answer[] {
  const client = 'elastic-load-balancing-v2';
  return [
    {
      region: 'us-east-1',
      client,
      operation: 'DescribeLoadBalancers',
      body: { LoadBalancers: BALANCERS.map(applicationBalancer) },
    },
    {
      region: 'us-east-1',
      client,
      operation: 'DescribeTargetGroups',
      body: { TargetGroups: BALANCERS.map(targetGroup) },
    },
    ...BALANCERS.map((one): Answer => ({
      region: 'us-east-1',
      client,
      operation: 'DescribeTargetHealth',
      part: one.name,
      input: { TargetGroupArn: targetsArn(one.name) },
      body: { TargetHealthDescriptions: one.targets.map(targetHealth) },
    })),
    {
      region: 'us-east-1',
      client: 'elastic-load-balancing',
      operation: 'DescribeLoadBalancers',
      body: { LoadBalancerDescriptions: [classicBalancer()] },
    },
  ];
}

const applicationBalancer = ({ name, created }: Balancer, at: number): object => ({
  LoadBalancerArn: balancerArn(name),
  DNSName: `${name}-${1_290_457_713 + at}.us-east-1.elb.amazonaws.com`,
  CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
  CreatedTime: created,
  LoadBalancerName: name,
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

const targetGroup = ({ name }: Balancer): object => ({
  TargetGroupArn: targetsArn(name),
  TargetGroupName: name,
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
  LoadBalancerArns: [balancerArn(name)],
  TargetType: 'ip',
  ProtocolVersion: 'HTTP1',
  IpAddressType: 'ipv4',
});

const targetHealth = (Id: string): object => ({
  Target: { Id, Port: 8080, AvailabilityZone: 'us-east-1a' },
  HealthCheckPort: '8080',
  TargetHealth: { State: 'healthy' },
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
    ...BALANCERS.map(({ name, environment }): Charge => ({
      ...charge,
      environment,
      resourceId: balancerArn(name),
      resourceType: 'Load Balancer',
      description: 'per Application LoadBalancer-hour',
      unitPrice: price('elb/us-east-1/application/hour'),
      quantity: allHours(),
    })),
    {
      ...charge,
      resourceId: balancerArn('web-prod'),
      resourceType: 'Load Balancer',
      description: 'per used Application load balancer capacity unit-hour',
      unit: 'LCU-Hrs',
      unitPrice: price('elb/us-east-1/application/lcu-hour'),
      quantity: everyDay('31.5'),
    },
    {
      ...charge,
      resourceId: arn('elasticloadbalancing', 'us-east-1', 'loadbalancer/crm-classic'),
      resourceType: 'Load Balancer',
      description: 'per LoadBalancer-hour',
      unitPrice: price('elb/us-east-1/classic/hour'),
      quantity: allHours(),
    },
  ];
}
