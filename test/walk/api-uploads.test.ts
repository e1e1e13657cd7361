import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { zipped } from '@infrafabric/collect/testing';
import { analyze, openFabric } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type Installation, installation, report } from './installation.ts';
import { json, type Served, served } from './served.ts';

let api: Served;
let at: Installation;

beforeAll(async () => {
  at = installation();
  api = await served();
});

afterAll(async () => {
  await api.close();
  at.remove();
});

test('an uploaded bill gives byte for byte the report.json of the same file on the command line', async () => {
  const bytes = readFileSync(at.bill);
  const first = await put(hashOf(bytes), bytes);
  const second = await put(hashOf(bytes), bytes);
  const ask = json({ bills: [{ upload: hashOf(bytes), name: 'bill.csv' }], as_of: at.asOf });
  const id: string = Reflect.get(Object(await (await api.ask('/v1/sessions', ask)).json()), 'session_id');
  const text = await eventually(async () => {
    const answer = await api.ask(`/v1/sessions/${id}/report`);
    return answer.status === 200 ? answer.text() : undefined;
  });
  await analyze(at.config, {
    bills: [at.bill],
    asOf: at.asOf,
    out: at.out('command'),
    formats: [],
    external: false,
    observer: { event: () => undefined },
    signal: new AbortController().signal,
  });

  expect([first.status, second.status]).toStrictEqual([201, 200]);
  expect(text).toBe(readFileSync(join(at.out('command'), 'report.json'), 'utf8'));
  expect(readdirSync(join(api.config.home, 'inputs'))).toStrictEqual([hashOf(bytes)]);
});

test('an estate as a zip and a bill in the bucket give the report.json of the command line too', async () => {
  const zip = Buffer.from(zipped(filesIn(at.estate)));
  await put(hashOf(zip), zip);
  const fabric = await openFabric(api.config);
  const Key = 't/local/inputs/bill.csv';
  await fabric.clients.s3.send(
    new PutObjectCommand({ Bucket: fabric.addresses.bucketName, Key, Body: readFileSync(at.bill) }),
  );
  await fabric.close();
  const ask = json({ estate: { upload: hashOf(zip), name: 'dump.zip' }, ...objects(inBucket(Key)), as_of: at.asOf });
  const id: string = Reflect.get(Object(await (await api.ask('/api/v1/sessions', ask)).json()), 'session_id');
  const text = await eventually(async () => {
    const answer = await api.ask(`/api/v1/sessions/${id}/report`);
    return answer.status === 200 ? answer.text() : undefined;
  });

  expect(text).toBe(await report(at, 'both'));
});

test('uploads are listed with their size and removed', async () => {
  const bytes = Buffer.from('to be removed');
  const path = `/v1/inputs/${hashOf(bytes)}`;
  await put(hashOf(bytes), bytes);
  const listed: unknown = await (await api.ask('/v1/inputs')).json();
  const removed = [await api.ask(path, { method: 'DELETE' }), await api.ask(path, { method: 'DELETE' })];
  const after = await (await api.ask('/v1/inputs')).text();

  expect(Reflect.get(Object(listed), 'inputs')).toContainEqual({
    sha256: hashOf(bytes),
    bytes: bytes.length,
    kept_at: expect.stringMatching(/^20.*Z$/),
  });
  expect(removed.map(({ status }) => status)).toStrictEqual([204, 404]);
  expect(after).not.toContain(hashOf(bytes));
});

test.each([
  ['bytes of another hash', () => put('a'.repeat(64), Buffer.from('x')), 422, 'UPLOAD_HASH_MISMATCH'],
  ['a name that is no hash', () => put('passwd', Buffer.from('x')), 422, 'FIELD_INVALID'],
  [
    'an upload that is not there',
    () => start({ bills: [{ upload: 'b'.repeat(64), name: 'x.csv' }] }),
    422,
    'UPLOAD_MISSING',
  ],
  ['a path of the server', () => start({ bills: ['/etc/passwd'] }), 422, 'INPUT_PATH_FORBIDDEN'],
  ['an estate on the server', () => start({ estate: '/etc' }), 422, 'INPUT_PATH_FORBIDDEN'],
  ['an object of another bucket', () => start(objects('s3://other/t/local/inputs/x.csv')), 422, 'INPUT_PATH_FORBIDDEN'],
  [
    'an object elsewhere in the bucket',
    () => start(objects(inBucket('t/local/evidence/x'))),
    422,
    'INPUT_PATH_FORBIDDEN',
  ],
  ['an object of another tenant', () => start(objects(inBucket('t/other/inputs/x'))), 422, 'INPUT_PATH_FORBIDDEN'],
  ['a path for an object', () => start(objects('/etc/passwd')), 422, 'INPUT_PATH_FORBIDDEN'],
  ['an object that is not there', () => start(objects(inBucket('t/local/inputs/x.csv'))), 422, 'OBJECT_MISSING'],
  [
    'the demo with a bill',
    () => start({ inputs: 'demo', ...objects(inBucket('t/local/inputs/x.csv')) }),
    422,
    'FIELD_INVALID',
  ],
  ['an estate that is no zip', () => startEstate(Buffer.from('no zip')), 422, 'INPUT_TRUNCATED'],
  ['an estate whose names lead out', () => startEstate(zipped({ '../../x.json': '{}' })), 422, 'ARCHIVE_UNSAFE'],
  [
    'an estate that is a bomb',
    () => startEstate(zipped({ x: 'x'.repeat(10_000_000) })),
    422,
    'INPUT_DECOMPRESSED_TOO_LARGE',
  ],
  ['an estate without an answer', () => startEstate(zipped({ 'a.txt': 'x' })), 422, 'ESTATE_EMPTY'],
  ['a name that leads out', () => start({ bills: [{ upload: 'b'.repeat(64), name: '../x' }] }), 422, 'FIELD_INVALID'],
  ['nothing to analyse', () => start({}), 422, 'FIELD_INVALID'],
  ['a demo at another date', () => start({ inputs: 'demo', as_of: '2026-01-01' }), 422, 'FIELD_INVALID'],
])('%s is refused with its code', async (_what, ask, status, code) => {
  const response = await ask();

  expect([response.status, Reflect.get(Object(await response.json()), 'code')]).toStrictEqual([status, code]);
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const start = (body: object): Promise<Response> => api.ask('/v1/sessions', json(body));

const objects = (object: string): object => ({ bills: [{ object }] });

const inBucket = (key: string): string => `s3://${api.config.resultsBucket}/${key}`;

async function startEstate(bytes: Uint8Array): Promise<Response> {
  await put(hashOf(bytes), Buffer.from(bytes));
  return start({ estate: { upload: hashOf(bytes), name: 'dump.zip' } });
}

const filesIn = (folder: string): Record<string, Uint8Array> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );

const put = (sha256: string, bytes: Buffer): Promise<Response> =>
  api.ask(`/v1/inputs/${sha256}`, { method: 'PUT', body: new Uint8Array(bytes) });
