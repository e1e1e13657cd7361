import { defineCollector } from '../../collector.ts';

/** Names of data streams. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const kinesisListStreams = defineCollector({
  client: 'kinesis',
  operation: 'ListStreams',
  iam: ['kinesis:ListStreams'],
  scope: 'region',
  load: async () => {
    const { KinesisClient: Client, ListStreamsCommand: Command } = await import('@aws-sdk/client-kinesis');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'Limit', page: 100, least: 1 } },
  serves: 'kinesis.DescribeStreamSummary',
});
