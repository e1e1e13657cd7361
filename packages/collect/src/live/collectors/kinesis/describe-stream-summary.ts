import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** A data stream with its mode, shards and retention. */
export const kinesisDescribeStreamSummary = defineCollector({
  client: 'kinesis',
  operation: 'DescribeStreamSummary',
  iam: ['kinesis:DescribeStreamSummary'],
  scope: 'region',
  load: async () => {
    const { KinesisClient: Client, DescribeStreamSummaryCommand: Command } = await import('@aws-sdk/client-kinesis');
    return { Client, Command };
  },
  after: ['kinesis.ListStreams'],
  inputs: ({ answers }) =>
    textsOf(answers('kinesis.ListStreams'), 'StreamNames/*').map((StreamName) => ({ StreamName })),
  probe: { StreamName: 'infrafabric-probe' },
  serves: 'idle and oversized streams',
});
