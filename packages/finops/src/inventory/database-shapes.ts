import type { Shapes } from './shape.ts';

/** Answers of `@aws-sdk/client-rds`. Source: botocore rds 2014-10-31 model, read 2026-08-07. */
export const RDS_SHAPES: Shapes = {
  DescribeDBInstances: [
    {
      type: 'RdsDbInstance',
      at: 'DBInstances/*',
      id: 'DBInstanceIdentifier',
      arn: 'DBInstanceArn',
      refs: [
        'DBClusterIdentifier',
        'ReadReplicaSourceDBInstanceIdentifier',
        'ReadReplicaDBInstanceIdentifiers/*',
        'KmsKeyId',
      ],
    },
  ],
  DescribeDBClusters: [
    {
      type: 'RdsDbCluster',
      at: 'DBClusters/*',
      id: 'DBClusterIdentifier',
      arn: 'DBClusterArn',
      refs: ['DBClusterMembers/*/DBInstanceIdentifier', 'KmsKeyId'],
    },
  ],
  DescribeDBSnapshots: [
    {
      type: 'RdsDbSnapshot',
      at: 'DBSnapshots/*',
      id: 'DBSnapshotIdentifier',
      arn: 'DBSnapshotArn',
      refs: ['DBInstanceIdentifier'],
    },
  ],
  DescribeReservedDBInstances: [
    {
      type: 'Commitment',
      at: 'ReservedDBInstances/*',
      id: 'ReservedDBInstanceId',
      arn: 'ReservedDBInstanceArn',
    },
  ],
  DescribeDBClusterSnapshots: [
    {
      type: 'RdsDbClusterSnapshot',
      at: 'DBClusterSnapshots/*',
      id: 'DBClusterSnapshotIdentifier',
      arn: 'DBClusterSnapshotArn',
      refs: ['DBClusterIdentifier'],
    },
  ],
};

/** Answers of `@aws-sdk/client-dynamodb`. Source: botocore dynamodb 2012-08-10 model, read 2026-08-07. */
export const DYNAMODB_SHAPES: Shapes = {
  DescribeTable: [{ type: 'DynamoDbTable', at: 'Table', id: 'TableName', arn: 'TableArn' }],
  DescribeContinuousBackups: [{ type: 'DynamoDbTable', at: 'ContinuousBackupsDescription', id: 'input:TableName' }],
};

/** Answers of `@aws-sdk/client-elasticache`. Source: botocore elasticache 2015-02-02 model, read 2026-08-07. */
export const ELASTICACHE_SHAPES: Shapes = {
  DescribeReservedCacheNodes: [
    { type: 'Commitment', at: 'ReservedCacheNodes/*', id: 'ReservedCacheNodeId', arn: 'ReservationARN' },
  ],
  DescribeCacheClusters: [
    {
      type: 'ElastiCacheCluster',
      at: 'CacheClusters/*',
      id: 'CacheClusterId',
      arn: 'ARN',
      refs: ['ReplicationGroupId'],
    },
  ],
};

/** Answers of `@aws-sdk/client-memorydb`. Source: botocore memorydb 2021-01-01 model, read 2026-08-07. */
export const MEMORYDB_SHAPES: Shapes = {
  DescribeReservedNodes: [{ type: 'Commitment', at: 'ReservedNodes/*', id: 'ReservationId', arn: 'ARN' }],
  DescribeClusters: [{ type: 'MemoryDbCluster', at: 'Clusters/*', id: 'Name', arn: 'ARN' }],
};

/** Answers of `@aws-sdk/client-redshift`. Source: botocore redshift 2012-12-01 model, read 2026-08-07. */
export const REDSHIFT_SHAPES: Shapes = {
  DescribeReservedNodes: [{ type: 'Commitment', at: 'ReservedNodes/*', id: 'ReservedNodeId' }],
  DescribeClusters: [
    {
      type: 'RedshiftCluster',
      at: 'Clusters/*',
      id: 'ClusterIdentifier',
      arn: 'ClusterNamespaceArn',
    },
  ],
};

/** Answers of `@aws-sdk/client-elasticsearch-service` and `client-opensearch`. Source: botocore es 2015-01-01 and opensearch 2021-01-01 models, read 2026-08-07. */
export const OPENSEARCH_SHAPES: Shapes = {
  DescribeReservedInstances: [{ type: 'Commitment', at: 'ReservedInstances/*', id: 'ReservedInstanceId' }],
  DescribeReservedElasticsearchInstances: [
    { type: 'Commitment', at: 'ReservedElasticsearchInstances/*', id: 'ReservedElasticsearchInstanceId' },
  ],
  DescribeElasticsearchDomains: [{ type: 'OpenSearchDomain', at: 'DomainStatusList/*', id: 'DomainName', arn: 'ARN' }],
  DescribeElasticsearchDomain: [{ type: 'OpenSearchDomain', at: 'DomainStatus', id: 'DomainName', arn: 'ARN' }],
  DescribeDomains: [{ type: 'OpenSearchDomain', at: 'DomainStatusList/*', id: 'DomainName', arn: 'ARN' }],
  DescribeDomain: [{ type: 'OpenSearchDomain', at: 'DomainStatus', id: 'DomainName', arn: 'ARN' }],
};
