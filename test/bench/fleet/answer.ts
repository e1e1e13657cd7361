import { ACCOUNT, type FleetResource, hexId, idOf, loadOf, percent } from './resource.ts';

/** What AWS answers about one resource. */
export function describe(resource: FleetResource): object {
  return DESCRIPTIONS[resource.kind](resource);
}

const TYPES = ['m5.large', 'm5.xlarge', 'c5.2xlarge', 'r5.large', 't3.medium', 'm7g.large', 'm6i.4xlarge', 'c7i.large'];
const CLASSES = ['db.m6g.large', 'db.m5.xlarge', 'db.r5.large', 'db.t3.medium'];
const LAUNCHED = '2025-03-01T10:00:00+00:00';
const STOPPED = 'User initiated (2026-08-02 09:10:11 GMT)';

const oneOf = (words: readonly string[], n: number): string => words[n % words.length] ?? '';
const tags = (resource: FleetResource): object[] => [
  { Key: 'Name', Value: `${resource.kind}-${resource.n}` },
  { Key: 'team', Value: `team-${resource.n % 12}` },
  { Key: 'environment', Value: resource.n % 3 === 0 ? 'staging' : 'production' },
];

const DESCRIPTIONS: Readonly<Record<FleetResource['kind'], (resource: FleetResource) => object>> = {
  instance: reservation,
  volume,
  database,
  function: lambda,
  table: (resource) => ({ Table: table(resource) }),
  nat: (resource) => ({
    NatGatewayId: idOf(resource),
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    SubnetId: hexId('subnet', resource.n % 6),
    State: 'available',
    ConnectivityType: 'public',
    CreateTime: LAUNCHED,
    NatGatewayAddresses: [{ AllocationId: hexId('eipalloc', resource.n), PublicIp: `203.0.113.${resource.n % 250}` }],
    Tags: tags(resource),
  }),
  endpoint: (resource) => ({
    VpcEndpointId: idOf(resource),
    VpcEndpointType: 'Interface',
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    ServiceName: `com.amazonaws.${resource.region}.sts`,
    State: 'available',
    SubnetIds: [hexId('subnet', 0), hexId('subnet', 1)],
    CreationTimestamp: LAUNCHED,
    Tags: tags(resource),
  }),
};

function reservation(resource: FleetResource): object {
  const { n, region } = resource;
  const type = oneOf(TYPES, percent(resource, 'type'));
  const isStopped = loadOf(resource) === 'gone';
  const instance = {
    AmiLaunchIndex: 0,
    ImageId: hexId('ami', n % 20),
    InstanceId: idOf(resource),
    InstanceType: type,
    KeyName: 'operations',
    LaunchTime: LAUNCHED,
    Monitoring: { State: 'disabled' },
    Placement: { AvailabilityZone: `${region}${oneOf(['a', 'b', 'c'], n)}`, GroupName: '', Tenancy: 'default' },
    PrivateDnsName: `ip-10-0-${(n >> 8) % 256}-${n % 256}.ec2.internal`,
    PrivateIpAddress: `10.0.${(n >> 8) % 256}.${n % 256}`,
    State: isStopped ? { Code: 80, Name: 'stopped' } : { Code: 16, Name: 'running' },
    StateTransitionReason: isStopped ? STOPPED : '',
    SubnetId: hexId('subnet', n % 6),
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    Architecture: type.includes('g.') ? 'arm64' : 'x86_64',
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: { AttachTime: LAUNCHED, DeleteOnTermination: true, Status: 'attached', VolumeId: hexId('vol', n) },
      },
    ],
    EbsOptimized: true,
    Hypervisor: 'xen',
    SecurityGroups: [{ GroupName: 'app', GroupId: hexId('sg', n % 9) }],
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    Tags: tags(resource),
    MetadataOptions: { State: 'applied', HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled' },
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
  };
  return { ReservationId: hexId('r', n), OwnerId: ACCOUNT, Groups: [], Instances: [instance] };
}

function volume(resource: FleetResource): object {
  const { n, region } = resource;
  const isAttached = loadOf(resource) !== 'gone';
  const isOld = percent(resource, 'type') < 30;
  const size = 20 + percent(resource, 'size') * 4;
  return {
    VolumeId: idOf(resource),
    VolumeType: isOld ? 'gp2' : 'gp3',
    Size: size,
    Iops: isOld ? Math.max(100, size * 3) : 3000,
    ...(isOld ? {} : { Throughput: 125 }),
    State: isAttached ? 'in-use' : 'available',
    CreateTime: LAUNCHED,
    AvailabilityZone: `${region}${oneOf(['a', 'b', 'c'], n)}`,
    Encrypted: true,
    KmsKeyId: `arn:aws:kms:${region}:${ACCOUNT}:key/0f0e0d0c-0b0a-4908-8706-050403020100`,
    SnapshotId: '',
    MultiAttachEnabled: false,
    Attachments: isAttached
      ? [
          {
            AttachTime: LAUNCHED,
            Device: '/dev/xvda',
            InstanceId: hexId('i', n),
            State: 'attached',
            VolumeId: idOf(resource),
            DeleteOnTermination: true,
          },
        ]
      : [],
    Tags: tags(resource),
  };
}

function database(resource: FleetResource): object {
  const { n, region } = resource;
  const name = idOf(resource);
  return {
    DBInstanceIdentifier: name,
    DBInstanceClass: oneOf(CLASSES, percent(resource, 'class')),
    Engine: 'postgres',
    EngineVersion: oneOf(['16.4', '13.15', '12.19'], n),
    DBInstanceStatus: 'available',
    MasterUsername: 'owner',
    Endpoint: {
      Address: `${name}.c7q2xk85h1nu.${region}.rds.amazonaws.com`,
      Port: 5432,
      HostedZoneId: 'Z2R2ITUGPM61AM',
    },
    AllocatedStorage: 100 + (n % 9) * 50,
    InstanceCreateTime: LAUNCHED,
    MultiAZ: n % 2 === 0,
    StorageType: 'gp3',
    Iops: 3000,
    StorageThroughput: 125,
    LicenseModel: 'postgresql-license',
    DBInstanceArn: `arn:aws:rds:${region}:${ACCOUNT}:db:${name}`,
    ReadReplicaDBInstanceIdentifiers: [],
    TagList: tags(resource),
  };
}

function lambda(resource: FleetResource): object {
  const { n, region } = resource;
  const name = idOf(resource);
  return {
    FunctionName: name,
    FunctionArn: `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
    Runtime: oneOf(['nodejs22.x', 'python3.9', 'java17', 'nodejs16.x'], n),
    Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    Handler: 'index.handler',
    CodeSize: 1_048_576,
    Timeout: 30,
    MemorySize: 128 * (1 + (n % 8)),
    LastModified: '2026-03-01T10:00:00.000+0000',
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    PackageType: 'Zip',
    Architectures: [n % 4 === 0 ? 'arm64' : 'x86_64'],
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
  };
}

function table(resource: FleetResource): object {
  const { n, region } = resource;
  const name = idOf(resource);
  return {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    TableName: name,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    TableStatus: 'ACTIVE',
    CreationDateTime: LAUNCHED,
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 50 + (n % 5) * 50, WriteCapacityUnits: 50 },
    TableSizeBytes: 1_073_741_824,
    ItemCount: 2_000_000,
    TableArn: `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${name}`,
  };
}
