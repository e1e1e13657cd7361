import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { openAwsLocal } from '@infrafabric/aws-local';
import { sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { sessionIdOf } from '../testing/index.ts';
import { testEvidenceStore } from '../testing/suites.ts';
import { type S3EvidenceOptions, s3Evidence } from './s3-evidence.ts';

const bucket = 'infrafabric-results';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** An empty bucket of the embedded AWS; `sent` names the calls made on it. */
async function open(over: Partial<S3EvidenceOptions> = {}) {
  const aws = openAwsLocal({ file: ':memory:' });
  const sent: string[] = [];
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
    requestHandler: aws.requestHandler(),
  });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        sent.push(String(commandName));
        return next(args);
      },
    { step: 'initialize', name: 'count' },
  );
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = s3Evidence({ client, bucket, tenant: 'acme', ...over });
  return { client, store, sent, close: async () => aws.close() };
}

const keys = async (client: S3Client): Promise<(string | undefined)[]> =>
  ((await client.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key }) => Key);

testEvidenceStore('s3', async () => {
  const { client, store, close } = await open({ cacheBytes: 0 });
  return {
    store,
    async damage(hex, Body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: `t/acme/evidence/sha256/${hex}`, Body }));
    },
    close,
  };
});

test('keeps evidence for all sessions and blobs for one', async () => {
  const { client, store, close } = await open();
  const blobs = s3Evidence({ client, bucket, tenant: 'acme', session: sessionIdOf(1) });
  await store.put(text('shared'));
  const { id } = await blobs.put(text('own'));
  const other = s3Evidence({ client, bucket, tenant: 'acme', session: sessionIdOf(2) });

  expect(await keys(client)).toStrictEqual([
    `t/acme/evidence/sha256/${sha256Hex('shared')}`,
    `t/acme/s/${sessionIdOf(1)}/blob/${sha256Hex('own')}`,
  ]);
  await expect(other.get(id)).rejects.toMatchObject({ code: 'EVIDENCE_MISSING', where: id });
  await close();
});

test('asks S3 once for what it keeps in memory', async () => {
  const { store, sent, close } = await open({ cacheBytes: 1_024 });
  const { id } = await store.put(text('small'));
  sent.length = 0;
  await store.get(id);
  expect(await store.put(text('small'))).toStrictEqual({ id, fresh: false });
  await close();

  expect(sent).toStrictEqual([]);
});

test('asks for the size before the bytes, and for no bytes above what the reader takes', async () => {
  const { store, sent, close } = await open({ cacheBytes: 0 });
  const { id } = await store.put(text('1234'));
  sent.length = 0;
  await store.get(id, 4);
  await expect(store.get(id, 3)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  await close();

  expect(sent).toStrictEqual(['HeadObjectCommand', 'GetObjectCommand', 'HeadObjectCommand']);
});

test('names a bucket that is not there', async () => {
  const { client, close } = await open();
  const store = s3Evidence({ client, bucket: 'nowhere', tenant: 'acme' });

  await expect(store.put(text('x'))).rejects.toMatchObject({ name: 'StoreError', code: 'NOT_FOUND' });
  await close();
});
