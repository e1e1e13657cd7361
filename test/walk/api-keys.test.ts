import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey, listApiKeys, revokeApiKey } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json, type Served, served } from './served.ts';

let api: Served;

beforeAll(async () => {
  api = await served();
});

afterAll(async () => api.close());

function as(token: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  return api.ask(path, { ...init, headers });
}

async function answer(response: Promise<Response>): Promise<unknown> {
  const { status, body } = await response.then(async (got) => ({ status: got.status, body: await got.json() }));
  return [status, Reflect.get(Object(body), 'code')];
}

test('a key that reads asks and changes nothing, and one that writes does not ask', async () => {
  const reader = createApiKey(api.config, { name: 'reader', scopes: ['read'] });
  const writer = createApiKey(api.config, { name: 'writer', scopes: ['write'] });

  expect(await answer(as(reader.token, '/v1/sessions'))).toStrictEqual([200, undefined]);
  expect(await answer(as(reader.token, '/v1/sessions', json({ inputs: 'demo' })))).toStrictEqual([403, 'AUTH_SCOPE']);
  expect(await answer(as(writer.token, '/v1/sessions'))).toStrictEqual([403, 'AUTH_SCOPE']);
  expect(await answer(as(writer.token, '/v1/sessions', json({})))).toStrictEqual([422, 'FIELD_INVALID']);
});

test('a key that is over or was revoked is refused at once', async () => {
  const old = createApiKey(api.config, { name: 'old', scopes: ['read'], days: 1 }, Date.UTC(2026, 0, 1));
  const gone = createApiKey(api.config, { name: 'gone', scopes: ['read'] });
  const before = await answer(as(gone.token, '/v1/sessions'));
  revokeApiKey(api.config, 'gone');

  expect(before).toStrictEqual([200, undefined]);
  expect(await answer(as(gone.token, '/v1/sessions'))).toStrictEqual([401, 'AUTH_INVALID']);
  expect(await answer(as(old.token, '/v1/sessions'))).toStrictEqual([401, 'AUTH_INVALID']);
});

test('of a key only the hash is kept, in a private file', () => {
  const { key, token } = createApiKey(api.config, { name: 'kept', scopes: ['read', 'write'] });
  const file = join(api.config.home, 'keys/api-keys.json');

  expect(token).toMatch(new RegExp(`^ifk_${key.id}_[A-Za-z0-9_-]{43}$`));
  expect(readFileSync(file, 'utf8')).not.toContain(token.slice(-43));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(listApiKeys(api.config)).toContainEqual(key);
});

test.each([
  ['a name that is taken', { name: 'twice', scopes: ['read'] }, 'API_KEY_EXISTS'],
  ['a name with other letters', { name: '../x', scopes: ['read'] }, 'API_KEY_INVALID'],
  ['a scope that does not exist', { name: 'a', scopes: ['admin'] }, 'API_KEY_INVALID'],
  ['no scope', { name: 'b', scopes: [] }, 'API_KEY_INVALID'],
])('%s makes no key', (_what, ask, code) => {
  if (code === 'API_KEY_EXISTS') createApiKey(api.config, ask);

  expect(() => createApiKey(api.config, ask)).toThrow(expect.objectContaining({ code }));
});
