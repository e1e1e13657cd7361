import { HEX, ec2Id, word } from './chance.ts';
import { FLEET, type Machine, instanceId } from './fleet.ts';
import { ACCOUNT, NETWORK, tags } from './sample.ts';
import { attachedVolumeIds } from './volumes.ts';

/** A reservation of one machine, as DescribeInstances answers it. */
export function reservation(one: Machine): object {
  return {
    Groups: [],
    Instances: [instance(one)],
    OwnerId: ACCOUNT,
    ReservationId: ec2Id('r', one.name),
  };
}

function instance(one: Machine): object {
  const isRunning = one.stopped === undefined;
  const address = addressOf(one);
  return {
    AmiLaunchIndex: 0,
    ImageId: imageId(one),
    InstanceId: instanceId(one.name),
    InstanceType: one.type,
    KeyName: 'fernway-ops',
    LaunchTime: one.launched,
    Monitoring: { State: 'disabled' },
    Placement: { AvailabilityZone: `${one.region}a`, GroupName: '', Tenancy: 'default' },
    PrivateDnsName: address.dns,
    PrivateIpAddress: address.ip,
    ProductCodes: [],
    PublicDnsName: '',
    State: isRunning ? { Code: 16, Name: 'running' } : { Code: 80, Name: 'stopped' },
    StateTransitionReason: isRunning ? '' : `User initiated (${one.stopped})`,
    SubnetId: NETWORK[one.region].subnets[0],
    VpcId: NETWORK[one.region].vpc,
    Architecture: one.arch,
    BlockDeviceMappings: attachedVolumeIds(one.name).map((VolumeId, index) => ({
      DeviceName: index === 0 ? '/dev/xvda' : `/dev/sd${'fghi'[index - 1]}`,
      Ebs: { AttachTime: one.launched, DeleteOnTermination: index === 0, Status: 'attached', VolumeId },
    })),
    ClientToken: `${word(one.name, 8, HEX)}-${word(`${one.name} token`, 12, HEX)}`,
    EbsOptimized: true,
    EnaSupport: true,
    Hypervisor: 'xen',
    IamInstanceProfile: {
      Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/fernway-${one.service}`,
      Id: `AIPA${word(`profile ${one.service}`, 17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    },
    NetworkInterfaces: [networkInterface(one, address)],
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    SecurityGroups: [{ GroupName: `fernway-${one.service}`, GroupId: ec2Id('sg', `${one.region} ${one.service}`) }],
    SourceDestCheck: true,
    ...(isRunning
      ? {}
      : {
          StateReason: {
            Code: 'Client.UserInitiatedShutdown',
            Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
          },
        }),
    Tags: [...tags(one.name, one.environment, one.service), ...(one.extraTags ?? [])],
    VirtualizationType: 'hvm',
    CpuOptions: { CoreCount: 2, ThreadsPerCore: one.arch === 'arm64' ? 1 : 2 },
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
    HibernationOptions: { Configured: false },
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'enabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
    },
    EnclaveOptions: { Enabled: false },
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: one.launched,
    PrivateDnsNameOptions: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    MaintenanceOptions: { AutoRecovery: 'default' },
    CurrentInstanceBootMode: one.type.startsWith('m4') || one.type.startsWith('c4') ? 'legacy-bios' : 'uefi',
  };
}

function networkInterface(one: Machine, address: { ip: string; dns: string }): object {
  return {
    Attachment: {
      AttachTime: one.launched,
      AttachmentId: ec2Id('eni-attach', one.name),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      Status: 'attached',
      NetworkCardIndex: 0,
    },
    Description: '',
    Groups: [{ GroupName: `fernway-${one.service}`, GroupId: ec2Id('sg', `${one.region} ${one.service}`) }],
    Ipv6Addresses: [],
    MacAddress: `0a:${word(`mac ${one.name}`, 10, HEX).replaceAll(/(..)(?=.)/g, '$1:')}`,
    NetworkInterfaceId: ec2Id('eni', one.name),
    OwnerId: ACCOUNT,
    PrivateDnsName: address.dns,
    PrivateIpAddress: address.ip,
    PrivateIpAddresses: [{ Primary: true, PrivateDnsName: address.dns, PrivateIpAddress: address.ip }],
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: NETWORK[one.region].subnets[0],
    VpcId: NETWORK[one.region].vpc,
    InterfaceType: 'interface',
  };
}

function addressOf(one: Machine): { ip: string; dns: string } {
  const ip = `${NETWORK[one.region].ip}.1.${20 + FLEET.indexOf(one)}`;
  const domain = one.region === 'us-east-1' ? 'ec2.internal' : `${one.region}.compute.internal`;
  return { ip, dns: `ip-${ip.replaceAll('.', '-')}.${domain}` };
}

/** The image a machine was started from. */
export const imageId = (one: Machine): string => ec2Id('ami', one.image ?? `al2023 ${one.arch} ${one.region}`);
