import { createApiKey, openFabric } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, served } from './served.ts';

let api: Served;
let session_id: string;
const SHA256 = 'ab'.repeat(32);
const LETTER = { sha256: SHA256, role: 'pricing', act: 'request', task_id: 'pricing/x/y/0', dispatch: 1 } as const;
const WHY = { code: 'RECEIVE_COUNT', detail: '', receives: 10 };

beforeAll(async () => {
  api = await served();
  const started = await post('/v1/sessions', { inputs: 'demo' });
  session_id = started.body['session_id'] ?? '';
  await over(session_id);
  const fabric = await openFabric(api.config);
  await fabric.deadLetters.keep({ ...LETTER, ...WHY, session_id, at_ms: Date.now() }, '{"a":"wire"}');
  await fabric.close();
});
afterAll(async () => api.close());

async function post(path: string, body?: object): Promise<{ status: number; body: Record<string, string> }> {
  const headers = { 'content-type': 'application/json' };
  const response = await api.ask(path, {
    method: 'POST',
    ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await api.ask(path);
  return { status: response.status, body: await response.json() };
}

/** Follows the events of a session to its end. */
const over = async (id: string): Promise<string> => (await api.ask(`/v1/sessions/${id}/events`)).text();

test('dead letters are listed and shown', async () => {
  const shown = { ...LETTER, ...WHY, session_id, kept_at: expect.stringMatching(/Z$/), redriven_as: null };

  expect(await get('/v1/dead-letters')).toStrictEqual({ status: 200, body: { dead_letters: [shown] } });
  expect(await get('/v1/dead-letters/abababab')).toStrictEqual({
    status: 200,
    body: { ...shown, session_state: 'DONE', task: null },
  });
  expect(await get('/v1/dead-letters/ffffffff')).toMatchObject({
    status: 404,
    body: { code: 'DEAD_LETTER_NOT_FOUND' },
  });
});

test('a redrive starts one new session, which runs, and needs the scope to write', async () => {
  const { token } = createApiKey(api.config, { name: 'reader', scopes: ['read'] });
  const refused = await fetch(`${api.url}/v1/dead-letters/${SHA256}/redrive`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const first = await post(`/v1/dead-letters/${SHA256}/redrive`);
  const again = await post(`/v1/dead-letters/${SHA256}/redrive`);
  const as = first.body['redriven_as'] ?? '';
  await over(as);

  expect([refused.status, first.status]).toStrictEqual([403, 202]);
  expect(first.body).toStrictEqual({ session_id, redriven_as: expect.stringMatching(/^s-/) });
  expect(again).toStrictEqual(first);
  expect(as).not.toBe(session_id);
  const reports = await Promise.all(
    [session_id, as].map(async (id) => (await api.ask(`/v1/sessions/${id}/report`)).text()),
  );
  expect(reports[1]).toBe(reports[0]);
});
