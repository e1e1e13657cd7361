import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, served } from './served.ts';

let api: Served;

beforeAll(async () => {
  api = await served();
});

afterAll(async () => api.close());

async function ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const sent =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await api.ask(`/v1/schedules${path}`, { method, ...sent });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const ANALYSIS = { live: { regions: ['eu-west-1'], days: 30 }, question: 'what is idle?', agents: ['budget'] };

test('a schedule is made, replaced, shown, listed and removed', async () => {
  const schedule = { cron: '0 2 * * *', analysis: ANALYSIS };
  const shown = { name: 'nightly', ...schedule, last_run: null, next_run: expect.stringMatching(/T02:00:00\.000Z$/) };

  expect(await ask('PUT', '/nightly', schedule)).toStrictEqual({ status: 201, body: shown });
  expect(await ask('PUT', '/nightly', schedule)).toStrictEqual({ status: 200, body: shown });
  expect(await ask('GET', '/nightly')).toStrictEqual({ status: 200, body: shown });
  expect(await ask('GET', '')).toStrictEqual({ status: 200, body: { schedules: [shown] } });
  expect(await ask('DELETE', '/nightly')).toStrictEqual({ status: 204, body: undefined });
  expect(await ask('GET', '/nightly')).toMatchObject({ status: 404, body: { code: 'SCHEDULE_NOT_FOUND' } });
});

test.each([
  ['a pattern that never comes true', { cron: '0 0 30 2 *', analysis: { inputs: 'demo' } }, 'SCHEDULE_INVALID'],
  ['nothing to analyse', { cron: '0 2 * * *', analysis: {} }, 'FIELD_INVALID'],
  ['a date of its own', { cron: '0 2 * * *', analysis: { live: {}, as_of: '2026-11-20' } }, 'FIELD_UNKNOWN'],
  ['a path of the server', { cron: '0 2 * * *', analysis: { estate: '/etc' } }, 'INPUT_PATH_FORBIDDEN'],
])('a schedule with %s is refused', async (_what, body, code) => {
  expect(await ask('PUT', '/bad', body)).toMatchObject({ status: 422, body: { code } });
});

test('AWS_COLLECTION_SCHEDULE is a schedule of its own, and one that never comes true is refused', async () => {
  const other = await served({ AWS_COLLECTION_SCHEDULE: '0 2 * * *' });
  const listed: unknown = await (await other.ask('/v1/schedules')).json();
  await other.close();

  expect(listed).toStrictEqual({
    schedules: [
      {
        name: 'AWS_COLLECTION_SCHEDULE',
        cron: '0 2 * * *',
        analysis: { live: {} },
        last_run: null,
        next_run: expect.stringMatching(/T02:00:00\.000Z$/),
      },
    ],
  });
  await expect(served({ AWS_COLLECTION_SCHEDULE: '0 0 30 2 *' })).rejects.toMatchObject({ code: 'SCHEDULE_INVALID' });
});
