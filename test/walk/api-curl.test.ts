import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fleet, openFleet, type Running } from './fleet.ts';
import { type Heard, heardIn } from './heard.ts';
import { eventually, type Installation, installation } from './installation.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** The API as a stranger meets it: a process that serves, and curl. */
describe.skipIf(!hasCurl)(`with curl alone${hasCurl ? '' : ' (curl is not installed)'}`, () => {
  let at: Installation;
  let fleet: Fleet;
  let server: Running;
  let url: string;
  let folder: string;

  beforeAll(async () => {
    at = installation();
    folder = mkdtempSync(join(tmpdir(), 'infrafabric-curl-'));
    fleet = openFleet(at, { LOG_LEVEL: 'silent' });
    await serve('0');
  });

  afterAll(async () => {
    await fleet.end();
    at.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(port: string): Promise<void> {
    server = fleet.start('serve', '--port', port);
    url = (await server.says('listening on ')).replace('listening on ', '');
  }

  const token = (): string => readFileSync(join(at.home, 'keys/api.token'), 'utf8').trim();

  /** The status and the body of a request with the token; `body` is JSON. */
  async function ask(path: string, ...args: string[]): Promise<Answer> {
    return curl('-H', `Authorization: Bearer ${token()}`, ...args, `${url}${path}`);
  }

  const post = (body: string, ...args: string[]): Promise<Answer> =>
    ask('/v1/sessions', '-H', 'Content-Type: application/json', '--data-binary', body, ...args);

  test('who may not ask, or asks wrongly, gets a status and a code', async () => {
    const large = join(folder, 'large.json');
    writeFileSync(large, 'x'.repeat(2 * 1024 * 1024));
    const answers = {
      'no token': await curl(`${url}/v1/sessions`),
      'a foreign Host': await ask('/v1/sessions', '-H', 'Host: evil.example'),
      'a body of 2 MiB': await post(`@${large}`),
      'an unknown field': await post('{"inputs":"demo","colour":"red"}'),
      'a path of the server': await post('{"estate":"/etc"}'),
      'a path that leads out': await ask('/v1/sessions/..%2f..%2fetc%2fpasswd'),
    };

    expect(Object.entries(answers).map(([what, { status, body }]) => [what, status, body['code']])).toStrictEqual([
      ['no token', 401, 'AUTH_REQUIRED'],
      ['a foreign Host', 403, 'ORIGIN_FORBIDDEN'],
      ['a body of 2 MiB', 413, 'BODY_TOO_LARGE'],
      ['an unknown field', 422, 'FIELD_UNKNOWN'],
      ['a path of the server', 422, 'INPUT_PATH_FORBIDDEN'],
      ['a path that leads out', 400, 'SESSION_ID_INVALID'],
    ]);
  });

  test('50 parallel requests with one key make one session', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('{"inputs":"demo"}', '-H', 'Idempotency-Key: nightly')),
    );
    const list = await ask('/v1/sessions');
    const id = String(answers[0]?.body['session_id']);
    await ask(`/v1/sessions/${id}/cancel`, '-X', 'POST');

    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['session_id'])}`))).toStrictEqual(
      new Set([`202 ${id}`]),
    );
    expect(list.body['sessions']).toHaveLength(1);
  });

  test('a server killed in the middle of a session goes on when it serves again: events, report and proof are whole', async () => {
    const id = String((await post('{"inputs":"demo"}')).body['session_id']);
    const path = `/v1/sessions/${id}`;
    const first = await events(path, { until: 'task-ended' });
    await server.kill('SIGKILL');
    await serve(new URL(url).port);
    const resumed = await ask(`${path}/resume`, '-X', 'POST');
    const rest = await events(path, { after: first.at(-1)?.id });
    const late = await ask(`${path}/resume`, '-X', 'POST');
    const out = await download(path);
    const verified = fleet.start('verify', out);

    expect(first[0]?.event).toBe('session-started');
    expect(resumed.status).toBe(202);
    expect([...first, ...rest].filter(({ event }) => event === 'session-started')).toHaveLength(1);
    expect(rest.at(-1)).toMatchObject({ event: 'session-ended', data: { session_id: id, state: 'DONE' } });
    expect(new Set([...first, ...rest].map((heard) => heard.id)).size).toBe(first.length + rest.length);
    expect([late.status, late.body['code']]).toStrictEqual([409, 'SESSION_TERMINAL']);
    expect(await verified.ended).toBe(0);
  });

  /** The events of a session, all or until the first of a type; the connection is cut then. */
  async function events(
    path: string,
    { after, until }: { after?: string | undefined; until?: string },
  ): Promise<Heard[]> {
    const resume = after === undefined ? [] : ['-H', `Last-Event-ID: ${after}`];
    const child = spawn('curl', ['-sN', '-H', `Authorization: Bearer ${token()}`, ...resume, `${url}${path}/events`]);
    let text = '';
    for await (const chunk of child.stdout) {
      text += String(chunk);
      if (until !== undefined && heardIn(text).some(({ event }) => event === until)) break;
    }
    child.kill();
    return heardIn(text);
  }

  /** Every file the manifest of the report names, and the manifest. */
  async function download(path: string): Promise<string> {
    const manifest = await eventually(async () => {
      const answer = await ask(`${path}/report/proof/manifest.json`);
      return answer.status === 200 ? answer.body : undefined;
    });
    const files: { path: string }[] = Reflect.get(Object(manifest['payload']), 'files');
    const paths = ['proof/manifest.json', ...files.map((file) => file.path)];
    const out = join(folder, 'report');
    const wanted = paths.flatMap((file) => ['-o', join(out, file), `${url}${path}/report/${file}`]);
    await curl('--create-dirs', '-H', `Authorization: Bearer ${token()}`, ...wanted);
    return out;
  }
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const run = promisify(execFile);

async function curl(...args: string[]): Promise<Answer> {
  const { stdout } = await run('curl', ['-sS', '-w', '\n%{http_code}', ...args], { maxBuffer: 64 * 1024 * 1024 });
  const end = stdout.lastIndexOf('\n');
  const body = stdout.slice(0, end);
  return { status: Number(stdout.slice(end + 1)), body: body.startsWith('{') ? JSON.parse(body) : {} };
}
