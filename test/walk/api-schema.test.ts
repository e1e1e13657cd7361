import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withoutCredentials } from './credentials.ts';
import { eventually } from './installation.ts';
import { json, type Served, served } from './served.ts';

/** The command of Schemathesis (PyPI), which CI installs. */
const SCHEMATHESIS = process.env['INFRAFABRIC_SCHEMATHESIS'] ?? '';
const why = SCHEMATHESIS === '' ? ' (INFRAFABRIC_SCHEMATHESIS names no Schemathesis)' : '';

/** Answers that are right by the schema and wrong by what the server holds: an upload nobody made, an account nobody may read. */
const NOT_OURS = 'positive_data_acceptance';

let api: Served;
let folder: string;
let id: string;

beforeAll(async () => {
  if (SCHEMATHESIS === '') return;
  withoutCredentials();
  folder = mkdtempSync(join(tmpdir(), 'infrafabric-schema-'));
  api = await served({ INFRAFABRIC_API_REQUESTS_PER_MINUTE: '1000000', INFRAFABRIC_API_MAX_SESSIONS: '2' });
  const started: unknown = await (await api.ask('/v1/sessions', json({ inputs: 'demo' }))).json();
  id = Reflect.get(Object(started), 'session_id');
  await eventually(async () => ((await api.ask(`/v1/sessions/${id}/report`)).status === 200 ? true : undefined));
});

afterAll(async () => {
  if (SCHEMATHESIS === '') return;
  vi.unstubAllEnvs();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(SCHEMATHESIS === '')(
  `Schemathesis finds no server error and no answer that breaks the OpenAPI document${why}`,
  async () => {
    const found = await schemathesis('--max-examples', '15', '--seed', '1', '--exclude-checks', NOT_OURS);

    expect(found).toStrictEqual({
      status: 0,
      said: expect.stringMatching(/Operations: +([1-9][0-9]+) selected \/ \1 total/),
    });
  },
  300_000,
);

/** Runs it on the API with the token; a session id is the one of the demo. */
function schemathesis(...args: string[]): Promise<{ status: number; said: string }> {
  const config = join(folder, 'schemathesis.toml');
  writeFileSync(config, `[parameters]\n"path.id" = "${id}"\n`);
  const all = ['--config-file', config, 'run', `${api.url}/openapi.json`, '-H', `Authorization: Bearer ${api.token}`];
  return new Promise((resolve) => {
    const child = execFile(
      SCHEMATHESIS,
      [...all, ...args, '--request-timeout', '30'],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout, stderr) => resolve({ status: child.exitCode ?? -1, said: `${stdout}${stderr}` }),
    );
  });
}
