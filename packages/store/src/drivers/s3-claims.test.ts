import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { openAwsLocal } from '@infrafabric/aws-local';
import { expect, onTestFinished, test } from 'vitest';
import { s3Claims } from './s3-claims.ts';

const bucket = 'infrafabric-results';

/** An empty bucket of the embedded AWS; the first `raced` writes are answered 409, as S3 does while another one is under way. */
async function open({ raced = 0 } = {}) {
  const aws = openAwsLocal({ file: ':memory:' });
  onTestFinished(() => aws.close());
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
    requestHandler: aws.requestHandler(),
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  let writes = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'PutObjectCommand') return next(args);
        writes += 1;
        if (writes <= raced) throw conflict();
        return next(args);
      },
    { step: 'initialize', name: 'race' },
  );
  return { client, claims: s3Claims({ client, bucket, tenant: 'acme' }), writes: () => writes };
}

const conflict = (): Error =>
  Object.assign(new Error('a write is under way'), {
    name: 'ConditionalRequestConflict',
    $metadata: { httpStatusCode: 409 },
  });

test('a name is taken by the first text, for ever, in the folder of the tenant', async () => {
  const { client, claims } = await open();

  expect(await claims.claim('a1', 'first')).toBe('first');
  expect(await claims.claim('a1', 'second')).toBe('first');
  expect(await claims.claim('b2', 'second')).toBe('second');
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  expect(Contents?.map(({ Key }) => Key)).toStrictEqual(['t/acme/claim/a1', 't/acme/claim/b2']);
});

test('50 claims of one name at once hear one text', async () => {
  const { claims } = await open();

  const heard = await Promise.all(Array.from({ length: 50 }, (_, n) => claims.claim('c3', `text ${n}`)));

  expect(new Set(heard).size).toBe(1);
  expect(heard[0]).toMatch(/^text [0-9]+$/);
});

test('another tenant takes the same name for itself', async () => {
  const { client, claims } = await open();
  const other = s3Claims({ client, bucket, tenant: 'other' });

  expect(await claims.claim('d4', 'ours')).toBe('ours');
  expect(await other.claim('d4', 'theirs')).toBe('theirs');
});

test.each([1, 3])('%i answers that another write is under way are tried again', async (raced) => {
  const { claims, writes } = await open({ raced });

  expect(await claims.claim('e5', 'text')).toBe('text');
  expect(writes()).toBe(raced + 1);
});

test('a write that is always raced is given up', async () => {
  const { claims, writes } = await open({ raced: 100 });

  await expect(claims.claim('f6', 'text')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(writes()).toBe(4);
});

test('a bucket that is not there is no claim', async () => {
  const { client } = await open();

  await expect(s3Claims({ client, bucket: 'absent', tenant: 'acme' }).claim('g7', 'text')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
