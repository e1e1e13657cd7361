import { defineCollector } from '../../collector.ts';
import { PROBE_BUCKET, bucketsOfRegion } from './bucket-region.ts';

/**
 * Uploads that were begun and not ended: the first 1,000 of each of the first 200 buckets of the region, for evidence that there are some; `IsTruncated` says that there are more.
 * A LIST request: 0.005 USD a thousand, Amazon S3 pricing, us-east-1, 2026-11-20.
 */
export const s3ListMultipartUploads = defineCollector({
  client: 's3',
  operation: 'ListMultipartUploads',
  iam: ['s3:ListBucketMultipartUploads'],
  scope: 'region',
  load: async () => {
    const { S3Client: Client, ListMultipartUploadsCommand: Command } = await import('@aws-sdk/client-s3');
    return { Client, Command };
  },
  after: ['s3.ListBuckets', 's3.GetBucketLocation'],
  inputs: (context) => bucketsOfRegion(context).map((bucket) => ({ ...bucket, MaxUploads: 1000 })),
  maxInputs: 200,
  probe: { ...PROBE_BUCKET, MaxUploads: 1 },
  usdPerRequest: '0.000005',
  serves: 'S3-02 incomplete uploads',
});
