import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Heard, heardIn } from './heard.ts';
import { json, type Served, served } from './served.ts';

let api: Served;

beforeAll(async () => {
  api = await served();
});

afterAll(async () => api.close());

test('50 requests with one key make one session, and another request with that key is refused', async () => {
  const ask = (body: object, key = 'nightly-1'): Promise<Response> => {
    const init = json(body);
    return api.ask('/v1/sessions', {
      ...init,
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
  };
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask({ inputs: 'demo' })));
  const ids = await Promise.all(answers.map(async (answer) => idOf(await answer.json())));
  const list: unknown = await (await api.ask('/v1/sessions')).json();
  const other = await ask({ inputs: 'demo', budget_usd: '500' });
  const empty = await ask({ inputs: 'demo' }, ' ');

  expect(new Set(answers.map(({ status }) => status))).toStrictEqual(new Set([202]));
  expect(new Set(ids).size).toBe(1);
  expect(Reflect.get(Object(list), 'sessions')).toHaveLength(1);
  expect([other.status, Reflect.get(Object(await other.json()), 'code')]).toStrictEqual([409, 'IDEMPOTENCY_CONFLICT']);
  expect(empty.status).toBe(422);
  await api.ask(`/v1/sessions/${ids[0]}/cancel`, { method: 'POST' });
});

test('a stream that was cut is resumed where it ended, and ends with the session', async () => {
  const id = idOf(await (await api.ask('/v1/sessions', json({ inputs: 'demo' }))).json());

  const first = await read(id, { most: 12 });
  const rest = await read(id, { after: first.at(-1)!.id });
  const whole = await read(id);
  const again = await read(id, { after: `other-7` });
  const nothing = await read(id, { after: whole.at(-1)!.id });

  expect([...first, ...rest]).toStrictEqual(whole);
  expect(again).toStrictEqual(whole);
  expect(nothing).toStrictEqual([]);
  expect(whole[0]?.event).toBe('session-started');
  expect(whole.at(-1)).toMatchObject({ event: 'session-ended', data: { session_id: id, state: 'DONE' } });
  const planned = whole.filter(({ event }) => event === 'plan-made').map(({ data }) => Number(data['tasks']));
  expect(whole.filter(({ event }) => event === 'task-ended')).toHaveLength(planned.reduce((sum, n) => sum + n, 0));
});

test('a stream goes on where it was cut when the server starts again, also in the middle of a session', async () => {
  const INFRAFABRIC_HOME = mkdtempSync(join(tmpdir(), 'infrafabric-restart-'));
  onTestFinished(() => rmSync(INFRAFABRIC_HOME, { recursive: true, force: true }));
  const before = await served({ INFRAFABRIC_HOME });
  const id = idOf(await (await before.ask('/v1/sessions', json({ inputs: 'demo' }))).json());
  const first = await read(id, { most: 8, from: before });
  await before.close();
  const after = await served({ INFRAFABRIC_HOME });
  const rest = await read(id, { after: first.at(-1)!.id, from: after });
  const whole = await read(id, { from: after });
  await after.close();

  expect([...first, ...rest]).toStrictEqual(whole);
  expect(first.at(-1)!.event).not.toBe('session-ended');
  expect(whole.at(-1)).toMatchObject({ event: 'session-ended', data: { session_id: id, state: 'DONE' } });
});

test('a cancelled session ends, has no report, and cannot be cancelled again', async () => {
  const id = idOf(await (await api.ask('/v1/sessions', json({ inputs: 'demo' }))).json());
  const cancelled = await api.ask(`/v1/sessions/${id}/cancel`, { method: 'POST' });
  const events = await read(id);
  const again = await api.ask(`/v1/sessions/${id}/cancel`, { method: 'POST' });
  const report = await api.ask(`/v1/sessions/${id}/report`);

  expect(cancelled.status).toBe(202);
  expect(events.at(-1)?.data).toMatchObject({ state: 'CANCELLED' });
  expect([again.status, Reflect.get(Object(await again.json()), 'code')]).toStrictEqual([409, 'SESSION_TERMINAL']);
  expect([report.status, Reflect.get(Object(await report.json()), 'code')]).toStrictEqual([
    409,
    'SESSION_NOT_REPORTED',
  ]);
});

test('the OpenAPI document is the one in docs/, and its page, to which / leads, lists every route without a token', async () => {
  const document: unknown = await (await fetch(`${api.url}/openapi.json`)).json();
  const page = await (await fetch(`${api.url}/`)).text();

  const paths = Object.entries(Reflect.get(Object(document), 'paths')).flatMap(([path, item]) =>
    Object.keys(Object(item)).map((method) => `${method} ${path}`),
  );
  expect(document).toStrictEqual(
    JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/openapi.json'), 'utf8')),
  );
  for (const line of paths) expect(page).toContain(`<code>${line.split(' ')[1]}</code>`);
});

const idOf = (session: unknown): string => Reflect.get(Object(session), 'session_id');

/** The events of a session after one, all or the first of them; the connection is cut then. */
async function read(
  session: string,
  { after, most = Number.POSITIVE_INFINITY, from = api }: { after?: string; most?: number; from?: Served } = {},
): Promise<Heard[]> {
  const cut = new AbortController();
  const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': after };
  const response = await from.ask(`/v1/sessions/${session}/events`, { headers, signal: cut.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (heardIn(text).length >= most) break;
  }
  cut.abort();
  return heardIn(text).slice(0, most);
}
