import { ec2Id, word } from './chance.ts';
import { DATABASES, type Database, databaseArn } from './database-fleet.ts';
import { type Answer, NETWORK, type Region, arn, tags } from './sample.ts';

/** What DescribeDBInstances answers in a region. */
export const databaseAnswer = (region: Region): Answer => ({
  region,
  client: 'rds',
  operation: 'DescribeDBInstances',
  body: { DBInstances: DATABASES.filter((one) => one.region === region).map(instance) },
});

function instance(one: Database): object {
  const port = one.engine === 'mysql' ? 3306 : 5432;
  const family = one.engine === 'mysql' ? `mysql${one.version.slice(0, 3)}` : `postgres${one.version.split('.')[0]}`;
  return {
    DBInstanceIdentifier: one.name,
    DBInstanceClass: one.dbClass,
    Engine: one.engine,
    DBInstanceStatus: 'available',
    MasterUsername: 'fernway',
    DBName: one.name.split('-')[0],
    Endpoint: {
      Address: `${one.name}.c7q2xk${word(one.region, 6, 'abcdefghijklmnopqrstuvwxyz0123456789')}.${one.region}.rds.amazonaws.com`,
      Port: port,
      HostedZoneId: one.region === 'us-east-1' ? 'Z2R2ITUGPM61AM' : 'Z29XKXDKYMONMX',
    },
    AllocatedStorage: one.gib,
    InstanceCreateTime: '2024-09-18T10:26:31.774000+00:00',
    PreferredBackupWindow: '04:10-04:40',
    BackupRetentionPeriod: 7,
    DBSecurityGroups: [],
    VpcSecurityGroups: [{ VpcSecurityGroupId: ec2Id('sg', `${one.region} databases`), Status: 'active' }],
    DBParameterGroups: [{ DBParameterGroupName: `default.${family}`, ParameterApplyStatus: 'in-sync' }],
    AvailabilityZone: `${one.region}a`,
    DBSubnetGroup: subnetGroup(one.region),
    PreferredMaintenanceWindow: 'sun:06:00-sun:06:30',
    PendingModifiedValues: {},
    LatestRestorableTime: '2026-11-19T23:55:00+00:00',
    MultiAZ: one.isMultiAz,
    EngineVersion: one.version,
    AutoMinorVersionUpgrade: true,
    ReadReplicaDBInstanceIdentifiers: [],
    LicenseModel: one.engine === 'mysql' ? 'general-public-license' : 'postgresql-license',
    Iops: 3000,
    OptionGroupMemberships: [{ OptionGroupName: `default:${family.replace('.', '-')}`, Status: 'in-sync' }],
    ...(one.isMultiAz ? { SecondaryAvailabilityZone: `${one.region}b` } : {}),
    PubliclyAccessible: false,
    StorageType: 'gp3',
    DbInstancePort: 0,
    StorageEncrypted: true,
    KmsKeyId: arn('kms', one.region, 'key/6f0c1d52-9b7e-4a38-8e21-5c3d7a94b016'),
    DbiResourceId: `db-${word(one.name, 26, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    DomainMemberships: [],
    CopyTagsToSnapshot: true,
    MonitoringInterval: 0,
    DBInstanceArn: databaseArn(one),
    IAMDatabaseAuthenticationEnabled: false,
    PerformanceInsightsEnabled: false,
    DeletionProtection: one.environment === 'prod',
    AssociatedRoles: [],
    MaxAllocatedStorage: 1000,
    TagList: tags(one.name, one.environment, 'database'),
    CustomerOwnedIpEnabled: false,
    ActivityStreamStatus: 'stopped',
    BackupTarget: 'region',
    NetworkType: 'IPV4',
    StorageThroughput: 125,
    CertificateDetails: { CAIdentifier: 'rds-ca-rsa2048-g1', ValidTill: '2027-09-18T10:24:52+00:00' },
    DedicatedLogVolume: false,
    EngineLifecycleSupport: 'open-source-rds-extended-support',
  };
}

const subnetGroup = (region: Region): object => ({
  DBSubnetGroupName: 'fernway-private',
  DBSubnetGroupDescription: 'private subnets',
  VpcId: NETWORK[region].vpc,
  SubnetGroupStatus: 'Complete',
  Subnets: NETWORK[region].subnets.map((SubnetIdentifier, index) => ({
    SubnetIdentifier,
    SubnetAvailabilityZone: { Name: `${region}${'ab'[index]}` },
    SubnetOutpost: {},
    SubnetStatus: 'Active',
  })),
});
