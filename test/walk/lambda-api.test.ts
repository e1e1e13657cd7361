import {
  openPump,
  openTestDeployment,
  type Pump,
  sourceContainer,
  type TestDeployment,
} from '@infrafabric/lambda/testing';
import { dynamoDeadLetters } from '@infrafabric/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allEnded, keptReport } from './deployment.ts';

const DOMAIN = 'abc123.lambda-url.eu-west-1.on.aws';

let deployment: TestDeployment;
let pump: Pump;
beforeEach(async () => {
  deployment = await openTestDeployment();
  pump = openPump(deployment, { start: sourceContainer });
});
afterEach(async () => {
  await pump.close();
  await deployment.close();
});

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Asks as a function URL does (Lambda guide, "Invoking Lambda function URLs", 2026-11). */
async function ask(method: string, path: string, over: { body?: object; headers?: Record<string, string> } = {}) {
  const headers = { host: DOMAIN, authorization: `Bearer ${deployment.apiToken}`, ...over.headers };
  const answer = (await pump.invoke('api', {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: over.body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abc123',
      domainName: DOMAIN,
      domainPrefix: 'abc123',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl' },
      requestId: 'r-1',
      routeKey: '$default',
      stage: '$default',
      time: '21/Nov/2026:00:00:00 +0000',
      timeEpoch: 1_795_219_200_000,
    },
    body: over.body === undefined ? undefined : JSON.stringify(over.body),
    isBase64Encoded: false,
  })) as Answer;
  const text = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body;
  return { status: answer.statusCode, text, json: () => JSON.parse(text) as Record<string, unknown> };
}

test('a session started over HTTP is taken up by the sweeper, and its report is read where the coordinator kept it', async () => {
  const started = await ask('POST', '/v1/sessions', {
    body: { inputs: 'demo' },
    headers: { 'idempotency-key': 'one' },
  });
  expect(started.status).toBe(202);
  const session_id = String(started.json()['session_id']);
  const again = await ask('POST', '/v1/sessions', { body: { inputs: 'demo' }, headers: { 'idempotency-key': 'one' } });
  expect(again.json()['session_id']).toBe(session_id);
  expect((await ask('GET', `/v1/sessions/${session_id}/report`)).json()).toMatchObject({
    code: 'SESSION_NOT_REPORTED',
  });

  await pump.run(async () => allEnded(deployment));

  expect((await ask('GET', `/v1/sessions/${session_id}`)).json()).toMatchObject({ state: 'DONE' });
  const kept = await keptReport(deployment, { session_id });
  expect(kept.verdict).toBe('AUTHENTIC');
  expect((await ask('GET', `/v1/sessions/${session_id}/report`)).text).toBe(kept.reportJson);
  expect((await ask('GET', `/v1/sessions/${session_id}/report/report.html`)).text).toContain('<!doctype html>');
  expect((await ask('GET', `/v1/sessions/${session_id}/report/../ended.json`)).status).toBe(404);
  const events = await ask('GET', `/v1/sessions/${session_id}/events`);
  expect(events.text).toContain('event: session-ended');
});

test.each([
  ['no token', 'GET', '/v1/sessions', { headers: { authorization: '' } }, 401, 'AUTH_REQUIRED'],
  ['another token', 'GET', '/v1/sessions', { headers: { authorization: 'Bearer x' } }, 401, 'AUTH_INVALID'],
  ['a foreign Host', 'GET', '/healthz', { headers: { host: 'evil.example' } }, 403, 'ORIGIN_FORBIDDEN'],
  ['a foreign page', 'GET', '/healthz', { headers: { origin: 'https://evil.example' } }, 403, 'ORIGIN_FORBIDDEN'],
  ['a path of the server', 'POST', '/v1/sessions', { body: { estate: '/etc' } }, 422, undefined],
  ['an unknown session', 'GET', '/v1/sessions/s-01936000-0000-7000-8000-000000000001', {}, 404, 'SESSION_NOT_FOUND'],
] as const)('%s is refused by its code', async (...[, method, path, over, status, code]) => {
  const answer = await ask(method, path, over);

  expect(answer.status).toBe(status);
  expect(answer.json()).toMatchObject(code === undefined ? {} : { code });
});

test('what is not an HTTP request is refused by its code', async () => {
  await expect(pump.invoke('api', { Records: [] })).rejects.toMatchObject({ name: 'EVENT_INVALID' });
});

test('a dead letter is redriven over HTTP: the new session is run by the deployment and gives the same report', async () => {
  const started = await ask('POST', '/v1/sessions', { body: { inputs: 'demo' } });
  const session_id = String(started.json()['session_id']);
  await pump.run(async () => allEnded(deployment));
  const { clients, addresses, config } = deployment;
  const clock = { nowMs: () => Date.now() };
  const at = { client: clients.dynamodb, table: addresses.tableName, tenant: config.tenant };
  const why = { code: 'RECEIVE_COUNT', detail: '', receives: 10, at_ms: clock.nowMs() };
  await dynamoDeadLetters({ ...at, clock, keepMs: 86_400_000 }).keep(
    { sha256: 'ab'.repeat(32), role: 'pricing', session_id, act: 'request', ...why },
    '{}',
  );
  const redriven = await ask('POST', '/v1/dead-letters/abababab/redrive');
  await pump.run(async () => allEnded(deployment));
  const as = String(redriven.json()['redriven_as']);

  expect([redriven.status, redriven.json()['session_id']]).toStrictEqual([202, session_id]);
  const [first, second] = await Promise.all(
    [session_id, as].map(async (id) => (await keptReport(deployment, { session_id: id })).reportJson),
  );
  expect(as).not.toBe(session_id);
  expect(second).toBe(first);
});
