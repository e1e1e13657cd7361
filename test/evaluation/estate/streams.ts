import { ec2Id } from '../../demo/chance.ts';
import { byHour, byMonth, chargedPrice, listPrice } from './money.ts';
import { whole } from './network.ts';
import { plain } from './plain.ts';
import { ACCOUNT, type Planned, type Site } from './planned.ts';
import { daysAgo, line, never, nightlyJob, officeHours } from './workload.ts';

/** A data stream: written to all day, once a night, or no more. */
export function stream({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ busy: 55, 'nightly job': 15, 'of a retired producer': 30 });
  const id = ec2Id('stream', name);
  const shards = draw.whole(1, 6);
  const key = `kinesis/${region}/shard/hour`;
  const price = listPrice(key);
  const demand = { busy: officeHours, 'nightly job': nightlyJob, 'of a retired producer': never }[role];
  const arn = `arn:aws:kinesis:${region}:${ACCOUNT}:stream/${id}`;
  return {
    type: 'KinesisStream',
    id,
    region,
    workload: role,
    pieces: [
      {
        client: 'kinesis',
        operation: 'DescribeStreamSummary',
        item: {
          StreamDescriptionSummary: {
            StreamName: id,
            StreamARN: arn,
            StreamStatus: 'ACTIVE',
            StreamModeDetails: { StreamMode: 'PROVISIONED' },
            OpenShardCount: shards,
            StreamCreationTimestamp: daysAgo(400),
          },
        },
      },
    ],
    lines: [
      line({
        namespace: 'AWS/Kinesis',
        dimensions: { StreamName: id },
        metric: 'IncomingRecords',
        stat: 'Sum',
        demand,
        peak: 70_000,
      }),
    ],
    billedAs: arn,
    charges: [{ service: 'Amazon Kinesis', what: 'shards', usdHour: chargedPrice(key) * shards }],
    ...whole(
      'stream nobody writes to',
      role === 'of a retired producer',
      byHour(price === undefined ? undefined : price * shards, terms),
    ),
  };
}

/** An encryption key: enabled, disabled for good, or AWS's own. */
export function encryptionKey(site: Site): Planned {
  const { draw, name, region, terms } = site;
  const role = draw.weighted({ enabled: 65, disabled: 25, "AWS's own": 10 });
  const id = ec2Id('key', name);
  const arn = `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`;
  const key = `kms/${region}/key/month`;
  const item = {
    KeyMetadata: {
      KeyId: id,
      Arn: arn,
      AWSAccountId: ACCOUNT,
      KeyManager: role === "AWS's own" ? 'AWS' : 'CUSTOMER',
      KeyState: role === 'disabled' ? 'Disabled' : 'Enabled',
      Enabled: role !== 'disabled',
    },
  };
  const answer = ['kms', 'DescribeKey', ''] as const;
  return {
    ...plain(site, { type: 'KmsKey', id, workload: role, answer, item }),
    pieces: [{ client: 'kms', operation: 'DescribeKey', item }],
    billedAs: arn,
    charges:
      role === "AWS's own" ? [] : [{ service: 'AWS Key Management Service', what: 'key', usdMonth: chargedPrice(key) }],
    ...whole('key nobody can use', role === 'disabled', byMonth(listPrice(key), terms)),
  };
}

/** A data warehouse: asked all day, once a night, or no more. */
export function warehouse({ draw, name, region, terms }: Site): Planned {
  const role = draw.weighted({ busy: 50, 'nightly job': 15, abandoned: 35 });
  const id = ec2Id('dw', name);
  const nodes = draw.whole(1, 3);
  const key = `redshift/${region}/dc2.large`;
  const price = listPrice(key);
  const demand = { busy: officeHours, 'nightly job': nightlyJob, abandoned: never }[role];
  const item = { ClusterIdentifier: id, NodeType: 'dc2.large', NumberOfNodes: nodes, ClusterStatus: 'available' };
  const dimensions = { ClusterIdentifier: id };
  return {
    type: 'RedshiftCluster',
    id,
    region,
    workload: role,
    pieces: [{ client: 'redshift', operation: 'DescribeClusters', member: 'Clusters', item }],
    lines: [
      line({ namespace: 'AWS/Redshift', dimensions, metric: 'DatabaseConnections', stat: 'Maximum', demand, peak: 12 }),
    ],
    billedAs: `arn:aws:redshift:${region}:${ACCOUNT}:cluster:${id}`,
    charges: [{ service: 'Amazon Redshift', what: 'dc2.large', usdHour: chargedPrice(key) * nodes }],
    ...whole(
      'warehouse nobody uses',
      role === 'abandoned',
      byHour(price === undefined ? undefined : price * nodes, terms),
    ),
  };
}
