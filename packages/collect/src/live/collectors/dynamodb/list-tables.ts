import { defineCollector } from '../../collector.ts';

/** Names of tables. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const dynamodbListTables = defineCollector({
  client: 'dynamodb',
  operation: 'ListTables',
  iam: ['dynamodb:ListTables'],
  scope: 'region',
  load: async () => {
    const { DynamoDBClient: Client, ListTablesCommand: Command } = await import('@aws-sdk/client-dynamodb');
    return { Client, Command };
  },
  paging: {
    request: 'ExclusiveStartTableName',
    answer: 'LastEvaluatedTableName',
    limit: { member: 'Limit', page: 100, least: 1 },
  },
  serves: 'dynamodb.DescribeTable',
});
