import { defineCollector } from '../../collector.ts';

/**
 * Buckets of one region: the filter by region needs the endpoint of that region and makes AWS say the region. Pages of 1 to 10,000: botocore 1.44.5 model, 2026-11-20.
 * A LIST request: 0.005 USD a thousand, Amazon S3 pricing, us-east-1, 2026-11-20.
 */
export const s3ListBuckets = defineCollector({
  client: 's3',
  operation: 'ListBuckets',
  iam: ['s3:ListAllMyBuckets'],
  scope: 'region',
  load: async () => {
    const { S3Client: Client, ListBucketsCommand: Command } = await import('@aws-sdk/client-s3');
    return { Client, Command };
  },
  paging: {
    request: 'ContinuationToken',
    answer: 'ContinuationToken',
    limit: { member: 'MaxBuckets', page: 1000, least: 1 },
  },
  inputs: ({ region }) => [{ BucketRegion: region }],
  usdPerRequest: '0.000005',
  serves: 'S3-01 to S3-13',
});
