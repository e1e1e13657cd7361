import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** Whether a table can be restored to any point in time; the answer does not name the table, its input does. */
export const dynamodbDescribeContinuousBackups = defineCollector({
  client: 'dynamodb',
  operation: 'DescribeContinuousBackups',
  iam: ['dynamodb:DescribeContinuousBackups'],
  scope: 'region',
  load: async () => {
    const { DynamoDBClient: Client, DescribeContinuousBackupsCommand: Command } =
      await import('@aws-sdk/client-dynamodb');
    return { Client, Command };
  },
  after: ['dynamodb.ListTables'],
  inputs: ({ answers }) => textsOf(answers('dynamodb.ListTables'), 'TableNames/*').map((TableName) => ({ TableName })),
  probe: { TableName: 'infrafabric-probe' },
  serves: 'DDB-11',
});
