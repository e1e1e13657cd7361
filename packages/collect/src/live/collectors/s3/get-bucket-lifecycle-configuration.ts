import { defineCollector } from '../../collector.ts';
import { PROBE_BUCKET, bucketsOfRegion } from './bucket-region.ts';

/**
 * Lifecycle rules of each bucket of the region; the answer does not name the bucket, its input does. A bucket without rules has none.
 * A GET request: 0.0004 USD a thousand, Amazon S3 pricing, us-east-1, 2026-11-20.
 */
export const s3GetBucketLifecycleConfiguration = defineCollector({
  client: 's3',
  operation: 'GetBucketLifecycleConfiguration',
  iam: ['s3:GetLifecycleConfiguration'],
  scope: 'region',
  load: async () => {
    const { S3Client: Client, GetBucketLifecycleConfigurationCommand: Command } = await import('@aws-sdk/client-s3');
    return { Client, Command };
  },
  after: ['s3.ListBuckets', 's3.GetBucketLocation'],
  inputs: bucketsOfRegion,
  absent: ['NoSuchLifecycleConfiguration'],
  probe: PROBE_BUCKET,
  usdPerRequest: '0.0000004',
  serves: 'S3-01, S3-02, S3-03',
});
