import type { Shapes } from './shape.ts';

/**
 * Answers of `@aws-sdk/client-s3`. A bucket's name is unique everywhere and older lists do not say its region, so one bucket
 * has one key, whoever describes it; `BucketRegion` in the item says where it stands. Source: botocore s3 2006-03-01 model, read 2026-08-07.
 */
export const S3_SHAPES: Shapes = {
  ListBuckets: [{ type: 'S3Bucket', at: 'Buckets/*', id: 'Name', arn: 'BucketArn', global: true }],
  GetBucketLifecycleConfiguration: [{ type: 'S3Bucket', at: '', has: 'Rules', id: 'input:Bucket', global: true }],
  ListMultipartUploads: [{ type: 'S3Bucket', at: '', has: 'Bucket', id: 'Bucket', global: true }],
};

/** Answers of `@aws-sdk/client-efs`. Source: botocore efs 2015-02-01 model, read 2026-08-07. */
export const EFS_SHAPES: Shapes = {
  DescribeFileSystems: [
    {
      type: 'EfsFileSystem',
      at: 'FileSystems/*',
      id: 'FileSystemId',
      name: 'Name',
      arn: 'FileSystemArn',
      owner: 'OwnerId',
    },
  ],
};

/** Answers of `@aws-sdk/client-fsx`. Source: botocore fsx 2018-03-01 model, read 2026-08-07. */
export const FSX_SHAPES: Shapes = {
  DescribeFileSystems: [
    {
      type: 'FsxFileSystem',
      at: 'FileSystems/*',
      id: 'FileSystemId',
      arn: 'ResourceARN',
      owner: 'OwnerId',
    },
  ],
};

/** Answers of `@aws-sdk/client-ecr`. Source: botocore ecr 2015-09-21 model, read 2026-08-07. */
export const ECR_SHAPES: Shapes = {
  DescribeRepositories: [
    {
      type: 'EcrRepository',
      at: 'repositories/*',
      id: 'repositoryName',
      arn: 'repositoryArn',
      owner: 'registryId',
    },
  ],
  GetLifecyclePolicy: [
    { type: 'EcrRepository', at: '', has: 'lifecyclePolicyText', id: 'repositoryName', owner: 'registryId' },
  ],
};
