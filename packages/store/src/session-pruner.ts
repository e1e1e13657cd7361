import { DeleteItemCommand, type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { SessionId } from '@infrafabric/protocol';
import { toStoreError } from './drivers/store-error.ts';

/** Where sessions and their work are. */
export interface SessionPrunerOptions {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly tenant: string;
}

/** What was deleted of a session. */
export interface PrunedSession {
  readonly objects: number;
  readonly items: number;
}

/**
 * Deletes the work of a session, its tasks and marks, and at last the session itself: stopped in the middle, it is still listed
 * and can be deleted again. Evidence, which sessions share, and reports stay. Who calls it has seen that the session is over.
 *
 * @throws StoreError.
 */
export async function pruneSession(session: SessionId, options: SessionPrunerOptions): Promise<PrunedSession> {
  try {
    const objects = await deleteWork(session, options);
    return { objects, items: await deleteItems(session, options) };
  } catch (cause) {
    throw toStoreError(cause, session);
  }
}

async function deleteWork(session: SessionId, { s3, bucket: Bucket, tenant }: SessionPrunerOptions): Promise<number> {
  let count = 0;
  for (;;) {
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: `t/${tenant}/s/${session}/`, MaxKeys: 100 }),
    );
    if (Contents.length === 0) return count;
    await Promise.all(Contents.map(async ({ Key }) => s3.send(new DeleteObjectCommand({ Bucket, Key }))));
    count += Contents.length;
  }
}

async function deleteItems(session: SessionId, options: SessionPrunerOptions): Promise<number> {
  const { dynamodb: client, table: TableName, tenant } = options;
  const pk = `t#${tenant}#s#${session}`;
  const remove = async (key: { pk: string; sk: string }) =>
    client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: key.pk }, sk: { S: key.sk } } }));
  let count = 0;
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ProjectionExpression: 'sk',
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    const keys = Items.map(({ sk }) => sk?.S ?? '').filter((sk) => sk !== 'session');
    await Promise.all(keys.map(async (sk) => remove({ pk, sk })));
    count += keys.length;
    start = LastEvaluatedKey;
  } while (start !== undefined);
  await remove({ pk, sk: 'session' });
  await remove({ pk: `t#${tenant}#sessions`, sk: session });
  return count + 2;
}
