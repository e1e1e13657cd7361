import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** What CreateTable makes the table of sessions and tasks from, besides its name: the keys the drivers write. */
export const STATE_TABLE = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;

/**
 * The attribute after whose time (Unix seconds) DynamoDB may delete an item. Replay marks, dead letters and counts of refusals
 * carry it; state never expires. No reader takes a deletion for an answer.
 */
export const TIME_TO_LIVE_ATTRIBUTE = 'expires_at';
