import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type ContractCheck, checksOf, errorName } from './check.ts';
import { type ContractClients, unique } from './clients.ts';

type Run = (clients: ContractClients) => Promise<void>;

const checks: Readonly<Record<string, Run>> = {
  'an object comes back with its bytes, type, metadata, ETag and checksum': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    await put('a/b.txt', 'hello', { ContentType: 'text/plain', Metadata: { sha256: 'abc' } });
    const found = await get('a/b.txt');
    expect(await found.Body?.transformToString()).toBe('hello');
    expect(found).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { sha256: 'abc' },
      ETag: `"${createHash('md5').update('hello').digest('hex')}"`,
      ChecksumCRC32: 'NhCmhg==',
      ContentLength: 5,
    });
  },
  'If-None-Match * writes once': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    await put('k', 'first', { IfNoneMatch: '*' });
    expect(await errorName(put('k', 'second', { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(await (await get('k')).Body?.transformToString()).toBe('first');
  },
  'of twenty racing creations one wins': async ({ s3 }) => {
    const { put } = await bucket(s3);
    const races = Array.from({ length: 20 }, (_, index) => errorName(put('k', `${index}`, { IfNoneMatch: '*' })));
    expect((await Promise.all(races)).filter((name) => name === 'none')).toHaveLength(1);
  },
  'If-Match writes over the object it means and no other': async ({ s3 }) => {
    const { put } = await bucket(s3);
    const first = await put('k', 'first');
    expect(await errorName(put('k', 'x', { IfMatch: `"${'0'.repeat(32)}"` }))).toBe('PreconditionFailed');
    expect(await errorName(put('k', 'second', { IfMatch: first.ETag }))).toBe('none');
    expect(await errorName(put('none', 'x', { IfMatch: first.ETag }))).toBe('NoSuchKey');
  },
  'a conditional read answers 304 or 412': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    const { ETag } = await put('k', 'x');
    await expect(get('k', { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await errorName(get('k', { IfMatch: '"other"' }))).toBe('PreconditionFailed');
  },
  'what is not there is named': async ({ s3 }) => {
    const { Bucket, get } = await bucket(s3);
    const none = unique('none');
    expect(await errorName(get('none'))).toBe('NoSuchKey');
    expect(await errorName(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })))).toBe('NotFound');
    expect(await errorName(s3.send(new HeadBucketCommand({ Bucket: none })))).toBe('NotFound');
    expect(await errorName(s3.send(new GetObjectCommand({ Bucket: none, Key: 'k' })))).toBe('NoSuchBucket');
    expect(await errorName(s3.send(new PutObjectCommand({ Bucket: none, Key: 'k', Body: 'x' })))).toBe('NoSuchBucket');
  },
  'checksums are kept and given back': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    const body = randomBytes(3000);
    for (const ChecksumAlgorithm of ['CRC32', 'SHA1', 'SHA256'] as const) {
      const sent = await put(ChecksumAlgorithm, body, { ChecksumAlgorithm });
      const found = await get(ChecksumAlgorithm, { ChecksumMode: 'ENABLED' });
      expect(found[`Checksum${ChecksumAlgorithm}`]).toBe(sent[`Checksum${ChecksumAlgorithm}`]);
      expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toStrictEqual(body);
    }
  },
  'CRC32C and CRC64NVME are kept and given back': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    // The check values of both algorithms for "123456789" (CRC RevEng catalogue, CRC-32/ISCSI and CRC-64/NVME).
    const crc32c = Buffer.from('e3069283', 'hex').toString('base64');
    const crc64 = Buffer.from('ae8b14860a799888', 'hex').toString('base64');
    await put('c32c', '123456789', { ChecksumCRC32C: crc32c });
    await put('c64', '123456789', { ChecksumCRC64NVME: crc64 });
    expect((await get('c32c', { ChecksumMode: 'ENABLED' })).ChecksumCRC32C).toBe(crc32c);
    expect((await get('c64', { ChecksumMode: 'ENABLED' })).ChecksumCRC64NVME).toBe(crc64);
  },
  'a wrong checksum or MD5 is refused': async ({ s3 }) => {
    const { put } = await bucket(s3);
    expect(await errorName(put('k', 'data', { ChecksumSHA256: other('sha256') }))).toBe('BadDigest');
    expect(await errorName(put('k', 'data', { ChecksumSHA1: other('sha1') }))).toBe('BadDigest');
    expect(await errorName(put('k', 'data', { ChecksumCRC32: 'AAAAAA==' }))).toBe('BadDigest');
    expect(await errorName(put('k', 'data', { ChecksumCRC32C: 'AAAAAA==' }))).toBe('BadDigest');
    expect(await errorName(put('k', 'data', { ChecksumCRC64NVME: 'AAAAAAAAAAA=' }))).toBe('BadDigest');
    expect(await errorName(put('k', 'data', { ContentMD5: other('md5') }))).toBe('BadDigest');
  },
  'a streamed body arrives whole': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    const body = Readable.from([Buffer.from('part1'), Buffer.from('part2')]);
    await put('k', body, { ContentLength: 10 });
    expect(await (await get('k')).Body?.transformToString()).toBe('part1part2');
  },
  'ranges answer their part': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    await put('k', '0123456789');
    const read = async (Range: string) => {
      const found = await get('k', { Range });
      return [await found.Body?.transformToString(), found.ContentRange];
    };
    expect(await read('bytes=2-4')).toStrictEqual(['234', 'bytes 2-4/10']);
    expect(await read('bytes=7-')).toStrictEqual(['789', 'bytes 7-9/10']);
    expect(await read('bytes=-2')).toStrictEqual(['89', 'bytes 8-9/10']);
    expect(await read('bytes=8-99')).toStrictEqual(['89', 'bytes 8-9/10']);
    expect(await errorName(get('k', { Range: 'bytes=10-' }))).toBe('InvalidRange');
  },
  'any key is one key': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    const keys = ['sp ace/ü/漢字.txt', 'plus+sign', 'a//b', 'q?x=1&y', '#frag', '%41', 'trail/', 'a/../b', 'b'];
    for (const key of keys) await put(key, `value of ${key}`);
    for (const key of keys) expect(await (await get(key)).Body?.transformToString()).toBe(`value of ${key}`);
  },
  'an object of 12 MiB is one object': async ({ s3 }) => {
    const { put, get } = await bucket(s3);
    const body = randomBytes(12 * 1024 * 1024);
    await put('k', body);
    const found = Buffer.from((await (await get('k')).Body?.transformToByteArray()) ?? []);
    expect(found.equals(body)).toBe(true);
  },
  'a listing comes in pages, in byte order': async ({ s3 }) => {
    const { Bucket, put } = await bucket(s3);
    const keys = ['l/A', 'l/a', 'l/b&<', 'l/c d', 'l/z', 'l/ü', 'l/漢'];
    for (const key of ['k', ...keys.toReversed(), 'm']) await put(key, 'xy');
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'l/', MaxKeys: 3, ContinuationToken: token }),
      );
      found.push(...(page.Contents?.map((object) => object.Key) ?? []));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(found).toStrictEqual(keys);
  },
  'a delimiter folds keys, also across pages': async ({ s3 }) => {
    const { Bucket, put } = await bucket(s3);
    for (const key of ['a', 'd/1', 'd/2', 'e/1', 'f']) await put(key, 'x');
    const list = (input: object) => s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', ...input }));
    const whole = await list({});
    expect(whole.Contents?.map((object) => object.Key)).toStrictEqual(['a', 'f']);
    expect(whole.CommonPrefixes?.map((one) => one.Prefix)).toStrictEqual(['d/', 'e/']);
    const first = await list({ MaxKeys: 2 });
    expect([first.Contents?.length, first.CommonPrefixes?.map((one) => one.Prefix)]).toStrictEqual([1, ['d/']]);
    const second = await list({ MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
    expect([
      second.Contents?.map((object) => object.Key),
      second.CommonPrefixes?.map((one) => one.Prefix),
    ]).toStrictEqual([['f'], ['e/']]);
    expect(second.IsTruncated).toBe(false);
  },
  'deleting one and many, there or not': async ({ s3 }) => {
    const { Bucket, put, get } = await bucket(s3);
    for (const key of ['a', 'b & <c>', 'd']) await put(key, 'x');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'd' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'd' }));
    const Delete = { Objects: [{ Key: 'a' }, { Key: 'b & <c>' }, { Key: 'none' }] };
    const deleted = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(deleted.Deleted).toHaveLength(3);
    expect(await errorName(get('b & <c>'))).toBe('NoSuchKey');
  },
};

/** What S3 promises the store. */
export const S3_CHECKS: readonly ContractCheck[] = checksOf('s3', checks);

/** The digest of other bytes. */
function other(algorithm: string): string {
  return createHash(algorithm).update('other').digest('base64');
}

async function bucket(s3: S3Client) {
  const Bucket = unique('b');
  await s3.send(new CreateBucketCommand({ Bucket }));
  return {
    Bucket,
    put: (Key: string, Body: NonNullable<PutObjectCommandInput['Body']>, input: Partial<PutObjectCommandInput> = {}) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body, ...input })),
    get: (Key: string, input: Partial<GetObjectCommandInput> = {}) =>
      s3.send(new GetObjectCommand({ Bucket, Key, ...input })),
  };
}
