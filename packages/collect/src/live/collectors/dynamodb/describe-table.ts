import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** A table with its capacity, class, size and indexes. */
export const dynamodbDescribeTable = defineCollector({
  client: 'dynamodb',
  operation: 'DescribeTable',
  iam: ['dynamodb:DescribeTable'],
  scope: 'region',
  load: async () => {
    const { DynamoDBClient: Client, DescribeTableCommand: Command } = await import('@aws-sdk/client-dynamodb');
    return { Client, Command };
  },
  after: ['dynamodb.ListTables'],
  inputs: ({ answers }) => textsOf(answers('dynamodb.ListTables'), 'TableNames/*').map((TableName) => ({ TableName })),
  probe: { TableName: 'infrafabric-probe' },
  serves: 'DDB-01 to DDB-08, DDB-12',
});
