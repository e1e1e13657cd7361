import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { dynamoLedger, dynamoReplay, dynamoState, s3Evidence, STATE_TABLE } from '@infrafabric/store';
import { testEvidenceStore, testLedger, testReplayMemory, testStateStore } from '@infrafabric/store/suites';

/** How clients of an emulator are made. */
const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
});

/** Puts everything the drivers of DynamoDB promise to an endpoint, which is known once the tests run; see `testStateStore`. */
export function testStateOn(name: string, endpoint: () => string, undecidedRaces = ''): void {
  const open = async () => {
    const client = new DynamoDBClient(clientOf(endpoint()));
    const table = `state-${randomUUID()}`;
    await client.send(new CreateTableCommand({ TableName: table, ...STATE_TABLE }));
    return { place: { client, table, tenant: 'acme' }, close: async () => client.destroy() };
  };
  const openState = async () => {
    const { place, close } = await open();
    return { store: dynamoState(place), close };
  };
  testStateStore(name, openState, undecidedRaces);
  const openLedger = async () => {
    const { place, close } = await open();
    return { ledger: dynamoLedger(place), close };
  };
  testLedger(name, openLedger, undecidedRaces);
  testReplayMemory(name, async () => {
    const { place, close } = await open();
    return { replay: dynamoReplay(place), close };
  });
}

/** Puts everything the driver of S3 promises to an endpoint, which is known once the tests run. */
export function testEvidenceOn(name: string, endpoint: () => string): void {
  testEvidenceStore(name, async () => {
    const client = new S3Client({ ...clientOf(endpoint()), forcePathStyle: true });
    const bucket = `evidence-${randomUUID()}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return {
      store: s3Evidence({ client, bucket, tenant: 'acme' }),
      damage: async (hex, Body) => {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: `t/acme/evidence/sha256/${hex}`, Body }));
      },
      close: async () => client.destroy(),
    };
  });
}
