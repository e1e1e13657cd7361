import { defineCollector } from '../../collector.ts';
import { PROBE_BUCKET, bucketsWithoutRegion } from './bucket-region.ts';

/**
 * Where a bucket stands, asked only of buckets whose listing does not say it. Us-east-1 answers with nothing.
 * A GET request: 0.0004 USD a thousand, Amazon S3 pricing, us-east-1, 2026-11-20.
 */
export const s3GetBucketLocation = defineCollector({
  client: 's3',
  operation: 'GetBucketLocation',
  iam: ['s3:GetBucketLocation'],
  scope: 'region',
  load: async () => {
    const { S3Client: Client, GetBucketLocationCommand: Command } = await import('@aws-sdk/client-s3');
    return { Client, Command };
  },
  after: ['s3.ListBuckets'],
  inputs: bucketsWithoutRegion,
  probe: PROBE_BUCKET,
  usdPerRequest: '0.0000004',
  serves: 'the region of buckets',
});
