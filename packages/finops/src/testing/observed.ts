import { type EvidenceId, type JsonObject, canonicalJson, evidenceId, sha256Hex } from '@infrafabric/protocol';
import type { Observed, ResourceType } from '../model/resource.ts';

/** The evidence id of a JSON value's canonical bytes, or of a text. */
export const anEvidenceId = (content: string | JsonObject): EvidenceId =>
  evidenceId(sha256Hex(typeof content === 'string' ? content : canonicalJson(content)));

/** A resource as one AWS answer describes it; the citation points at `/Items/0` of evidence made from the item. */
export function anObserved(
  type: ResourceType,
  id: string,
  item: JsonObject,
  where: { account?: string; region?: string; name?: string; evidence?: EvidenceId; pointer?: string } = {},
): Observed {
  return {
    resource: {
      account: where.account ?? '123456789012',
      region: where.region ?? 'us-east-1',
      type,
      id,
      ...(where.name === undefined ? {} : { name: where.name }),
    },
    item,
    citation: {
      evidence: where.evidence ?? anEvidenceId({ type, id, item }),
      pointer: where.pointer ?? '/Items/0',
      media_type: 'application/json',
    },
  };
}

/** A running m5.large Linux instance with the fields of DescribeInstances; `item` replaces single fields. */
export function anInstance(item: JsonObject = {}, where: Parameters<typeof anObserved>[3] = {}): Observed {
  const full: JsonObject = {
    InstanceId: 'i-0123456789abcdef0',
    InstanceType: 'm5.large',
    State: { Code: 16, Name: 'running' },
    LaunchTime: '2026-01-01T00:00:00+00:00',
    Architecture: 'x86_64',
    PlatformDetails: 'Linux/UNIX',
    Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
    BlockDeviceMappings: [],
    Tags: [],
    ...item,
  };
  return anObserved('Ec2Instance', textOf(full['InstanceId']), full, where);
}

/** An attached 100 GiB gp2 volume with the fields of DescribeVolumes; `item` replaces single fields. */
export function aVolume(item: JsonObject = {}, where: Parameters<typeof anObserved>[3] = {}): Observed {
  const full: JsonObject = {
    VolumeId: 'vol-0123456789abcdef0',
    VolumeType: 'gp2',
    Size: 100,
    Iops: 300,
    State: 'in-use',
    CreateTime: '2026-01-01T00:00:00+00:00',
    AvailabilityZone: 'us-east-1a',
    Attachments: [{ InstanceId: 'i-0123456789abcdef0', State: 'attached', Device: '/dev/xvda' }],
    Encrypted: true,
    Tags: [],
    ...item,
  };
  return anObserved('EbsVolume', textOf(full['VolumeId']), full, where);
}

const textOf = (value: JsonObject[string]): string => (typeof value === 'string' ? value : '');
