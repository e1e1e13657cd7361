import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { analyze, demoInputs, listRules, listServices, readConfig, verifyReport } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withoutCredentials } from './credentials.ts';
import { eventually } from './installation.ts';
import { json, type Served, served } from './served.ts';

let api: Served;
let folder: string;
let started: Response;
let id: string;

beforeAll(async () => {
  withoutCredentials();
  folder = mkdtempSync(join(tmpdir(), 'infrafabric-api-test-'));
  api = await served();
  started = await api.ask('/v1/sessions', json({ inputs: 'demo' }));
  id = Reflect.get(Object(await started.clone().json()), 'session_id');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a session of the demo gives byte for byte the report.json of the command line, and its files verify', async () => {
  expect(started.status).toBe(202);
  expect(started.headers.get('location')).toBe(`/v1/sessions/${id}`);
  await over(id);

  const report = await (await api.ask(`/v1/sessions/${id}/report`)).text();
  const out = await download(id);
  const byCommand = await reportOfCommand();

  expect(report).toBe(byCommand);
  expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe(byCommand);
  expect((await verifyReport(out, {})).verdict).toBe('CONSISTENT');
});

test('a session is listed and shown with the states of its tasks', async () => {
  await over(id);
  const list: unknown = await (await api.ask('/v1/sessions')).json();
  const one: unknown = await (await api.ask(`/v1/sessions/${id}`)).json();

  const session = {
    session_id: id,
    state: 'DONE',
    started_at: expect.any(String),
    as_of: '2026-11-20',
    deadline: expect.any(String),
    abandoned: false,
    holder: null,
    code: null,
  };
  expect(list).toStrictEqual({ sessions: [session] });
  const { payload } = JSON.parse(await (await api.ask(`/v1/sessions/${id}/report/session.json`)).text());
  expect(one).toStrictEqual({ ...session, last_progress_age_seconds: null, tasks: { DONE: payload.plan.tasks } });
});

test('the account routes answer from the newest report', async () => {
  await over(id);
  const { claims, totals, findings } = await read(`/v1/sessions/${id}/report`);
  const [costs, ec2, rds, opportunities, job] = await Promise.all(
    ['costs', 'costs/ec2', 'costs/rds', 'opportunities?limit=3', `jobs/${id}`].map((path) =>
      read(`/api/v1/aws/${path}`),
    ),
  );

  const total = claims.find(({ topic }: { topic: string }) => topic === 'spend/total');
  expect(costs).toMatchObject({ session_id: id, as_of: '2026-11-20', statement: total.statement });
  expect(costs.services.length).toBeGreaterThan(5);
  expect([ec2, rds].map(({ services }) => services.map(({ service }: { service: string }) => service))).toStrictEqual([
    ['Amazon Elastic Compute Cloud'],
    ['Amazon Relational Database Service'],
  ]);
  expect(costs.services).toContainEqual(rds.services[0]);
  const found = findings.filter(({ verdict }: { verdict: string }) => verdict === 'FINDING');
  expect([opportunities.totals, opportunities.count]).toStrictEqual([totals, found.length]);
  expect(opportunities.opportunities).toHaveLength(3);
  expect(job).toMatchObject({ job_id: id, state: 'DONE' });
});

test('an account without credentials is no connection and starts no session', async () => {
  const tried = await api.ask('/v1/aws/test-connection', { method: 'POST' });
  const refused = await Promise.all(
    ['collect', 'analysis', 'refresh'].map((path) => api.ask(`/v1/aws/${path}`, { method: 'POST' })),
  );

  expect([tried.status, await tried.json()]).toMatchObject([200, { ok: false, checks: [{ name: 'AWS credentials' }] }]);
  expect(refused.map(({ status }) => status)).toStrictEqual([424, 424, 424]);
  expect(await refused[0]!.json()).toMatchObject({ code: 'AWS_CREDENTIALS' });
  expect((await read('/v1/sessions')).sessions).toHaveLength(1);
});

test('the catalogues are those of the command line', async () => {
  const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

  expect(await read('/v1/services?category=compute')).toStrictEqual(plain({ services: listServices('Compute') }));
  expect(await read('/v1/rules')).toStrictEqual(plain({ rules: listRules() }));
});

test('the token is printed once, kept in a private file, and asked of everyone', async () => {
  expect(api.lines.filter((line) => line.includes(api.token))).toStrictEqual([`token: ${api.token}`]);
  const file = join(api.config.home, 'keys/api.token');
  expect(readFileSync(file, 'utf8')).toBe(`${api.token}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(api.token).toMatch(/^ifk_local_[A-Za-z0-9_-]{43}$/);
  expect(await (await fetch(`${api.url}/healthz`)).json()).toStrictEqual({ status: 'ok' });
});

test('the metrics count sessions by state and answers by status, for who has the token', async () => {
  await over(id);
  const stranger = await fetch(`${api.url}/metrics`);
  const text = await (await api.ask('/metrics')).text();

  expect(stranger.status).toBe(401);
  expect(text).toContain('infrafabric_sessions{state="DONE"} 1');
  expect(text).toMatch(/^infrafabric_http_requests_total\{status="202"\} 1$/m);
  expect(text).toMatch(/^infrafabric_http_requests_total\{status="401"\} [1-9]/m);
  expect(text).toMatch(/^infrafabric_tasks_total\{role="pricing",state="DONE"\} [1-9]/m);
  expect(text).toMatch(/^infrafabric_task_seconds_count\{role="pricing"\} [1-9]/m);
  expect(text).toContain('\ninfrafabric_last_progress_age_seconds 0\n');
});

test.each([
  ['no token', () => fetch(`${api.url}/v1/sessions`), 401, 'AUTH_REQUIRED'],
  [
    'another token',
    () => api.ask('/v1/sessions', { headers: { authorization: 'Bearer ifk_local_x' } }),
    401,
    'AUTH_INVALID',
  ],
  [
    'a page of another site',
    () => api.ask('/v1/sessions', { headers: { origin: 'http://evil.example' } }),
    403,
    'ORIGIN_FORBIDDEN',
  ],
  ['a method a path has not', () => api.ask('/v1/rules', { method: 'PUT' }), 405, 'METHOD_NOT_ALLOWED'],
  ['a category that does not exist', () => api.ask('/v1/services?category=x'), 422, 'CATEGORY_UNKNOWN'],
  ['a path nothing is at', () => api.ask('/v1/nothing'), 404, 'ROUTE_NOT_FOUND'],
  ['a word that is no session id', () => api.ask('/v1/sessions/%2e%2e%2fetc'), 400, 'SESSION_ID_INVALID'],
  [
    'a session that is not there',
    () => api.ask('/v1/sessions/s-ffffffff-ffff-7000-8000-000000000000'),
    404,
    'SESSION_NOT_FOUND',
  ],
  [
    'a session of a store before this one',
    () => api.ask('/v1/sessions/s-01936f2a-7c00-7000-8000-000000000000'),
    404,
    'STATE_LOST',
  ],
  ['a body of 2 MiB', () => post('x'.repeat(2 * 1024 * 1024)), 413, 'BODY_TOO_LARGE'],
  ['a body that is a form', () => post('inputs=demo', 'application/x-www-form-urlencoded'), 415, 'MEDIA_TYPE'],
  ['a body that is not JSON', () => post('{"inputs":'), 400, 'JSON_INVALID'],
  ['a body of 10,000 levels', () => post('['.repeat(10_000)), 400, 'JSON_TOO_DEEP'],
  ['a field that does not exist', () => post('{"inputs":"demo","colour":"red"}'), 422, 'FIELD_UNKNOWN'],
  ['a budget that is no amount', () => post('{"inputs":"demo","budget_usd":"-5"}'), 422, 'FIELD_INVALID'],
])('%s is refused with its status and code', async (_what, ask, status, code) => {
  const response = await ask();

  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ type: 'about:blank', status, code, detail: expect.any(String) });
  expect(response.status).toBe(status);
});

test.each(['evil.example', `evil.example:80`, '127.0.0.1.evil.example'])('the host %s is refused', async (host) => {
  const { hostname, port } = new URL(api.url);
  const status = await new Promise((resolve, reject) => {
    request({ hostname, port, path: '/healthz', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });

  expect(status).toBe(403);
});

test.each(['proof%2F..%2F..%2Fkeys', '..%2f..%2fkeys%2froot.key', '.hidden', 'proof', 'no.txt'])(
  'no file but those of the report is given: %s',
  async (path) => {
    await over(id);
    const response = await api.ask(`/v1/sessions/${id}/report/${path}`);

    expect(response.status).toBe(404);
  },
);

/** A document as it comes. */
const read = async (path: string): Promise<ReturnType<typeof JSON.parse>> =>
  JSON.parse(await (await api.ask(path)).text());

const post = (body: string, type = 'application/json'): Promise<Response> =>
  api.ask('/v1/sessions', { method: 'POST', headers: { 'content-type': type }, body });

async function over(session: string): Promise<void> {
  await eventually(async () => {
    const shown: unknown = await (await api.ask(`/v1/sessions/${session}`)).json();
    return Reflect.get(Object(shown), 'state') === 'DONE' ? true : undefined;
  });
}

/** Every file the manifest of the report names, and the manifest. */
async function download(session: string): Promise<string> {
  const out = join(folder, 'report');
  const fetchFile = async (path: string): Promise<string> => {
    const response = await api.ask(`/v1/sessions/${session}/report/${path}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), bytes);
    return bytes.toString('utf8');
  };
  const { payload } = JSON.parse(await fetchFile('proof/manifest.json'));
  for (const { path } of payload.files) await fetchFile(path);
  return out;
}

/** What `infrafabric demo` writes. */
async function reportOfCommand(): Promise<string> {
  const out = join(folder, 'command');
  const home = join(folder, 'home');
  await analyze(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } }), {
    ...demoInputs(),
    out,
    formats: ['html', 'md', 'json', 'csv'],
    external: false,
    observer: { event: () => undefined },
    signal: new AbortController().signal,
  });
  return readFileSync(join(out, 'report.json'), 'utf8');
}
