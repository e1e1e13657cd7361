import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { problemResponse } from './problem.ts';
import { limitRate } from './rate-limit.ts';

test('an address that asks too often is told to wait, and no other', async () => {
  const app = new Hono();
  app.onError((error) => problemResponse(error));
  app.use(limitRate(2, ({ req }) => req.header('x-address') ?? ''));
  app.get('/', (context) => context.text('ok'));
  const ask = (address: string): Response | Promise<Response> =>
    app.request('/', { headers: { 'x-address': address } });

  const statuses = [(await ask('a')).status, (await ask('a')).status, (await ask('b')).status];
  const refused = await ask('a');

  expect(statuses).toStrictEqual([200, 200, 200]);
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
  expect(Number(refused.headers.get('retry-after'))).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60);
});
