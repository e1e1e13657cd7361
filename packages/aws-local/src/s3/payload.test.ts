import { expect, test } from 'vitest';
import { payloadOf } from './payload.ts';

const request = (body: string | Buffer, headers: Record<string, string> = {}) => ({
  method: 'PUT',
  path: '/b/k',
  query: new URLSearchParams(),
  headers,
  hostname: '127.0.0.1',
  origin: '',
  body: Buffer.from(body),
});
const CHUNKED = { 'content-encoding': 'aws-chunked', 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };

test('chunks are joined and a checksum in the trailer is compared', () => {
  const body = '5\r\nhello\r\n6;chunk-signature=ab\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n';
  const payload = payloadOf(request(body, { ...CHUNKED, 'x-amz-decoded-content-length': '11' }));
  expect(payload.body.toString()).toBe('hello world');
  expect(payload.checksums).toStrictEqual({ crc32: 'DUoRhQ==' });
  const wrong = body.replace('DUoRhQ==', 'AAAAAA==');
  expect(() => payloadOf(request(wrong, CHUNKED))).toThrow(expect.objectContaining({ code: 'BadDigest' }));
});

test.for([
  ['no last chunk', '5\r\nhello\r\n', {}],
  ['a chunk shorter than it says', '9\r\nhello\r\n0\r\n\r\n', {}],
  ['a size that is none', 'x\r\nhello\r\n0\r\n\r\n', {}],
  ['fewer bytes than declared', '5\r\nhello\r\n0\r\n\r\n', { 'x-amz-decoded-content-length': '6' }],
] as const)('a body with %s is refused', ([, body, headers]) => {
  expect(() => payloadOf(request(body, { ...CHUNKED, ...headers }))).toThrow(
    expect.objectContaining({ code: 'IncompleteBody' }),
  );
});

test('a signed payload must be the one that was signed', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect(payloadOf(request('', { 'x-amz-content-sha256': empty })).body).toHaveLength(0);
  expect(() => payloadOf(request('x', { 'x-amz-content-sha256': empty }))).toThrow(
    expect.objectContaining({ code: 'XAmzContentSHA256Mismatch' }),
  );
});
