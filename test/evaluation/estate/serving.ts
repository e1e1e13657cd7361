import { ec2Id } from '../../demo/chance.ts';
import { byHour, chargedPrice, listPrice } from './money.ts';
import { whole } from './network.ts';
import { told } from './plain.ts';
import { ACCOUNT, type Planned, type Site, type Truth } from './planned.ts';
import { daysAgo, line, never, nightlyJob, officeHours } from './workload.ts';

const DEMANDS = { busy: officeHours, 'nightly job': nightlyJob, unused: never };

/** A network attached to a transit gateway: busy, used once a night, or without a byte. */
export function attachment({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ busy: 55, 'nightly job': 15, unused: 30 });
  const id = ec2Id('tgw-attach', name);
  const gateway = ec2Id('tgw', region);
  const key = `vpc/${region}/transit-gateway-attachment/hour`;
  const dimensions = { TransitGateway: gateway, TransitGatewayAttachment: id };
  const bytes = (metric: string, peak: number) =>
    line({ namespace: 'AWS/TransitGateway', dimensions, metric, stat: 'Sum', demand: DEMANDS[role], peak });
  const item = {
    TransitGatewayAttachmentId: id,
    TransitGatewayId: gateway,
    TransitGatewayOwnerId: ACCOUNT,
    ResourceOwnerId: ACCOUNT,
    ResourceType: draw.pick(['vpc', 'vpc', 'vpn']),
    State: 'available',
    CreationTime: daysAgo(300),
  };
  return {
    type: 'TransitGatewayAttachment',
    id,
    region,
    workload: role,
    pieces: [
      { client: 'ec2', operation: 'DescribeTransitGatewayAttachments', member: 'TransitGatewayAttachments', item },
    ],
    lines: [bytes('BytesIn', 4e9), bytes('BytesOut', 9e9)],
    billedAs: `arn:aws:ec2:${region}:${ACCOUNT}:transit-gateway-attachment/${id}`,
    charges: [{ service: 'Amazon Virtual Private Cloud', what: 'attachment', usdHour: chargedPrice(key) }],
    ...whole('attachment nobody uses', role === 'unused', byHour(listPrice(key), terms)),
  };
}

/** A model behind an endpoint: asked all day, once a night, or no more. */
export function modelEndpoint({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ busy: 50, 'nightly job': 15, unused: 35 });
  const id = ec2Id('ep', name);
  const config = `${id}-config`;
  const type = draw.pick(['ml.c5.large', 'ml.c5.xlarge', 'ml.c6g.large']);
  const count = draw.whole(1, 3);
  const key = `sagemaker/${region}/hosting/${type}`;
  const price = listPrice(key);
  const arn = (what: string): string => `arn:aws:sagemaker:${region}:${ACCOUNT}:${what}`;
  const variant = { VariantName: 'all', CurrentInstanceCount: count, DesiredInstanceCount: count };
  const endpoint = {
    EndpointName: id,
    EndpointArn: arn(`endpoint/${id}`),
    EndpointConfigName: config,
    EndpointStatus: 'InService',
    ProductionVariants: [variant],
    CreationTime: daysAgo(200),
  };
  const configuration = {
    EndpointConfigName: config,
    EndpointConfigArn: arn(`endpoint-config/${config}`),
    ProductionVariants: [{ VariantName: 'all', ModelName: 'model', InstanceType: type, InitialInstanceCount: count }],
  };
  return {
    type: 'SageMakerEndpoint',
    id,
    region,
    workload: role,
    pieces: [
      { client: 'sagemaker', operation: 'DescribeEndpoint', item: endpoint },
      { client: 'sagemaker', operation: 'DescribeEndpointConfig', item: configuration },
    ],
    lines: [
      line({
        namespace: 'AWS/SageMaker',
        dimensions: { EndpointName: id, VariantName: 'all' },
        metric: 'Invocations',
        stat: 'Sum',
        demand: DEMANDS[role],
        peak: 12_000,
      }),
    ],
    billedAs: arn(`endpoint/${id}`),
    charges: [{ service: 'Amazon SageMaker', what: type, usdHour: chargedPrice(key) * count }],
    ...whole(
      'endpoint with a model nobody asks',
      role === 'unused',
      byHour(price === undefined ? undefined : price * count, terms),
    ),
  };
}

/** A bucket with unfinished uploads: given up, under way, or of last week. */
export function bucket({ draw, name }: Site): Planned {
  const role = draw.weighted({ 'given up': 40, 'under way': 20, none: 30, 'of last week': 10 });
  const id = ec2Id('bucket', name);
  const age = {
    'given up': draw.between(30, 700),
    'under way': draw.between(0.1, 2),
    'of last week': draw.between(4, 25),
  };
  const truth: Partial<Record<typeof role, Truth>> = { 'given up': 'advice', 'of last week': 'unclear' };
  const Uploads =
    role === 'none'
      ? []
      : Array.from({ length: draw.whole(1, 9) }, (_, n) => ({
          Key: `part-${n}`,
          UploadId: `${id}-${n}`,
          Initiated: daysAgo(age[role]),
        }));
  return {
    type: 'S3Bucket',
    id,
    region: 'global',
    workload: role,
    pieces: [
      {
        client: 's3',
        operation: 'ListMultipartUploads',
        input: { Bucket: id },
        item: { Bucket: id, IsTruncated: false, Uploads },
      },
    ],
    lines: [],
    charges: [],
    ...told('uploads nobody finished', truth[role]),
  };
}
