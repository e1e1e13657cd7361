import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type Installation, installation } from './installation.ts';
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
  const report = await eventually(async () => {
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
  expect(report).toBe(readFileSync(join(at.out('command'), 'report.json'), 'utf8'));
  expect(readdirSync(join(api.config.home, 'inputs'))).toStrictEqual([hashOf(bytes)]);
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
  ['an estate on the server', () => start({ estate: '/etc' }), 422, 'FIELD_UNKNOWN'],
  ['a name that leads out', () => start({ bills: [{ upload: 'b'.repeat(64), name: '../x' }] }), 422, 'FIELD_INVALID'],
  ['nothing to analyse', () => start({}), 422, 'FIELD_INVALID'],
  ['a demo at another date', () => start({ inputs: 'demo', as_of: '2026-01-01' }), 422, 'FIELD_INVALID'],
])('%s is refused with its code', async (_what, ask, status, code) => {
  const response = await ask();

  expect([response.status, Reflect.get(Object(await response.json()), 'code')]).toStrictEqual([status, code]);
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const start = (body: object): Promise<Response> => api.ask('/v1/sessions', json(body));

const put = (sha256: string, bytes: Buffer): Promise<Response> =>
  api.ask(`/v1/inputs/${sha256}`, { method: 'PUT', body: new Uint8Array(bytes) });
