import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateCacheClusterCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import {
  CreateDBInstanceCommand,
  type CreateDBInstanceCommandInput,
  RDSClient,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { CreateClusterCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { type At, putDays, putHours } from './metrics.ts';

/** Databases, tables, caches and warehouses, one used and one not of each, and what rules about their kind look for. */
export async function fillDatabases(at: At): Promise<void> {
  await fillRelational(at);
  await fillTables(at);
  await fillCaches(at);
  await fillWarehouses(at);
}

async function fillRelational(at: At): Promise<void> {
  const rds = new RDSClient(at);
  const make = async (
    DBInstanceIdentifier: string,
    more: Partial<CreateDBInstanceCommandInput> = {},
  ): Promise<void> => {
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        Engine: 'mysql',
        DBInstanceClass: 'db.m5.large',
        AllocatedStorage: 100,
        MasterUsername: 'owner',
        MasterUserPassword: 'not-in-any-answer',
        ...more,
      }),
    );
  };
  await make('forgotten');
  await make('orders', { StorageType: 'io1', Iops: 1000 });
  await make('old', {
    DBInstanceClass: 'db.r4.large',
    Engine: 'aurora-mysql',
    EngineVersion: '8.0.mysql_aurora.3.08.0',
  });
  await make('spare', {
    DBInstanceClass: 'db.m6g.large',
    MultiAZ: true,
    Tags: [{ Key: 'env', Value: 'dev' }],
    StorageType: 'gp2',
  });
  await make('asleep');
  await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'asleep' }));
  await putHours(at, 'AWS/RDS', { DBInstanceIdentifier: 'forgotten' }, { DatabaseConnections: 0 });
  await putHours(
    at,
    'AWS/RDS',
    { DBInstanceIdentifier: 'orders' },
    {
      DatabaseConnections: 40,
      ReadIOPS: 200,
      WriteIOPS: 100,
      ReadThroughput: 1e6,
      WriteThroughput: 1e6,
    },
  );
}

async function fillTables(at: At): Promise<void> {
  const dynamodb = new DynamoDBClient(at);
  for (const [TableName, units] of [
    ['sessions', 0],
    ['carts', 10 * 3600],
    ['orders', 24 * 90 * 3600],
  ] as const) {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        ProvisionedThroughput: { ReadCapacityUnits: 100, WriteCapacityUnits: 100 },
      }),
    );
    const consumed = { ConsumedReadCapacityUnits: units, ConsumedWriteCapacityUnits: units };
    await putDays(at, 'AWS/DynamoDB', { TableName }, consumed);
  }
}

async function fillCaches(at: At): Promise<void> {
  const elasticache = new ElastiCacheClient(at);
  for (const [CacheClusterId, lookups] of [
    ['cold', 0],
    ['warm', 1000],
  ] as const) {
    await elasticache.send(
      new CreateCacheClusterCommand({
        CacheClusterId,
        CacheNodeType: 'cache.m6g.large',
        Engine: 'redis',
        EngineVersion: '7.1',
        NumCacheNodes: 1,
      }),
    );
    await putHours(at, 'AWS/ElastiCache', { CacheClusterId }, { CacheHits: lookups, CacheMisses: lookups });
  }
}

async function fillWarehouses(at: At): Promise<void> {
  const redshift = new RedshiftClient(at);
  for (const [ClusterIdentifier, connections] of [
    ['unread', 0],
    ['read', 7],
  ] as const) {
    await redshift.send(
      new CreateClusterCommand({
        ClusterIdentifier,
        ClusterType: 'multi-node',
        NodeType: 'dc2.large',
        NumberOfNodes: 2,
        MasterUsername: 'owner',
        MasterUserPassword: 'Not-in-any-answer-1',
      }),
    );
    await putHours(at, 'AWS/Redshift', { ClusterIdentifier }, { DatabaseConnections: connections });
  }
}
