import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { openAwsLocal } from '@infrafabric/aws-local';
import { sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { losingAnswers } from '../testing/lost-answers.ts';
import { STATE_TABLE } from '../state-table.ts';
import { quarantineBox } from './quarantine.ts';

const bucket = 'infrafabric-results';
const table = 'infrafabric-state';
const FORGED = '{"forged":"é"}';
const HASH = sha256Hex(FORGED);

/** An empty bucket and table of the embedded AWS, and a clock that a test moves. */
async function open() {
  const aws = openAwsLocal({ file: ':memory:' });
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: aws.requestHandler(),
  };
  const s3 = new S3Client({ ...base, forcePathStyle: true });
  const dynamodb = new DynamoDBClient(base);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await dynamodb.send(new CreateTableCommand({ TableName: table, ...STATE_TABLE }));
  const clock = { at: 1_000, nowMs: () => clock.at };
  const boxOf = (tenant: string) => quarantineBox({ s3, bucket, dynamodb, table, tenant, clock, keepMs: 30_000 });
  return { s3, dynamodb, clock, boxOf, box: boxOf('acme'), close: async () => aws.close() };
}

test('a refused wire is kept once under its hash and every refusal of it is counted', async () => {
  const { s3, clock, box, close } = await open();
  await box.keep(FORGED, 'BUS_SIGNATURE_INVALID');
  clock.at = 3_000;
  await box.keep(FORGED, 'BUS_SIGNATURE_INVALID');
  clock.at = 2_000;
  await box.keep(FORGED, 'BUS_KEY_REVOKED');
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  const Key = `t/acme/quarantine/${HASH}`;
  const kept = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));

  expect(Contents.map((one) => one.Key)).toStrictEqual([Key]);
  expect([await kept.Body?.transformToString(), kept.Metadata]).toStrictEqual([FORGED, { code: 'BUS_KEY_REVOKED' }]);
  const common = { sha256: HASH, bytes: 15 };
  expect(await box.list()).toStrictEqual([
    { ...common, code: 'BUS_SIGNATURE_INVALID', count: 2, first_at_ms: 1_000, last_at_ms: 3_000 },
    { ...common, code: 'BUS_KEY_REVOKED', count: 1, first_at_ms: 2_000, last_at_ms: 2_000 },
  ]);
  await close();
});

test('a count whose answer was lost on the way is counted once', async () => {
  const { dynamodb, box, close } = await open();
  const loseNextAnswer = losingAnswers(dynamodb);
  loseNextAnswer();
  await box.keep(FORGED, 'BUS_PARSE');
  loseNextAnswer();
  await box.keep(FORGED, 'BUS_PARSE');

  expect((await box.list()).map(({ count }) => count)).toStrictEqual([2]);
  await close();
});

test('a wire is read back as it came, and only by its tenant', async () => {
  const { box, boxOf, close } = await open();
  await box.keep(FORGED, 'BUS_PARSE');

  expect(Buffer.from((await box.read(HASH)) ?? []).toString()).toBe(FORGED);
  expect(await box.read('0'.repeat(64))).toBeUndefined();
  expect([await boxOf('other').read(HASH), await boxOf('other').list()]).toStrictEqual([undefined, []]);
  await close();
});

test('a refusal is listed until so long after the last one, whether its count is gone or not', async () => {
  const { clock, box, close } = await open();
  await box.keep(FORGED, 'BUS_PARSE');
  clock.at = 20_000;
  await box.keep(FORGED, 'BUS_PARSE');
  clock.at = 49_000;
  expect((await box.list()).map(({ count }) => count)).toStrictEqual([2]);
  clock.at = 50_000;

  expect(await box.list()).toStrictEqual([]);
  await close();
});
