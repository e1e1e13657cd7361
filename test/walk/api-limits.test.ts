import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { eventually } from './installation.ts';
import { json, type Served, served } from './served.ts';

let api: Served;

afterEach(async () => api.close());

const start = (): Promise<Response> => api.ask('/v1/sessions', json({ inputs: 'demo' }));

const member = async (response: Response, name: string): Promise<unknown> =>
  Reflect.get(Object(await response.json()), name);

test('a session above the limit waits, and another starts when one is over', async () => {
  api = await served({ INFRAFABRIC_API_MAX_SESSIONS: '1' });
  const cancel = async (started: Response): Promise<Response> =>
    api.ask(`/v1/sessions/${String(await member(started, 'session_id'))}/cancel`, { method: 'POST' });
  const both = await Promise.all([start(), start()]);
  const [started, refused] = both.toSorted((a, b) => a.status - b.status);

  expect([started!.status, refused!.status, await member(refused!, 'code')]).toStrictEqual([202, 429, 'SESSION_LIMIT']);
  expect(refused!.headers.get('retry-after')).toBe('5');
  await cancel(started!);
  const next = await eventually(async () => {
    const answer = await start();
    return answer.status === 202 ? answer : undefined;
  });
  await cancel(next);
});

test('requests above the limit of the settings are told to wait', async () => {
  api = await served({ INFRAFABRIC_API_REQUESTS_PER_MINUTE: '2' });
  const answers = [await api.ask('/v1/sessions'), await api.ask('/v1/sessions'), await api.ask('/v1/sessions')];

  expect(answers.map(({ status }) => status)).toStrictEqual([200, 200, 429]);
  expect(await member(answers[2]!, 'code')).toBe('RATE_LIMITED');
});

test('the names of the settings are hosts of this server, and no other', async () => {
  api = await served({ INFRAFABRIC_API_HOSTS: 'audit.example,proxy.example' });

  expect(await Promise.all(['audit.example', 'proxy.example:8443', 'other.example'].map(statusAs))).toStrictEqual([
    200, 200, 403,
  ]);
});

function statusAs(host: string): Promise<number | undefined> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: '/healthz', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}
