import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { smallEstate, writeFiles } from './testing/inputs.ts';

/** A name that tries to colour, to link, to reorder, to hide, to break the line and to move the cursor. */
const HOSTILE = '\u001B[31mred\u001B]8;;http://evil.example\u0007x\u202Efdp.exe\u200B\u009B2Jy\r\nnext\u{E0041}';

/** Whether a character drives a terminal or hides text; a line break of ours does not. */
const drives = (character: string): boolean => character !== '\n' && /\p{Cc}|\p{Cf}|\p{Zl}/u.test(character);

test('hostile names reach neither stream raw, and the report still holds them', async () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const estate = smallEstate(join(folder, 'estate'), HOSTILE);
  const out = join(folder, 'out');
  const args = ['analyze', '--estate', estate, '--as-of', '2026-11-20', '--out', out];

  const printed = await infrafabric(args, { home, cwd: folder });
  const document = await infrafabric([...args, '--json'], { home, cwd: folder });
  const shown = await infrafabric(['report', out], { home, cwd: folder });

  expect([printed.status, document.status, shown.status]).toStrictEqual([0, 0, 0]);
  expect(printed.stdout).toMatch(/\[31mred.*y next/);
  for (const text of [printed.stdout, printed.stderr, shown.stdout, document.stdout, document.stderr]) {
    expect(Array.from(text).filter(drives)).toStrictEqual([]);
  }
  expect(JSON.parse(document.stdout)).toStrictEqual(jsonOf(join(out, 'report.json')));
  expect(document.stdout.trimEnd()).not.toContain('\n');
  expect(document.stdout).toContain('\\u202e');
});

test('without a screen an analysis prints a few lines, with --verbose one for every task', async () => {
  const home = join(temporaryFolder(), 'home');
  const few = await infrafabric(['demo'], { home, cwd: '/' });
  const every = await infrafabric(['demo', '--verbose'], { home });

  expect(few.stderr.trimEnd().split('\n').map(withoutIds)).toStrictEqual([
    'session ID',
    'collection: 18 tasks',
    ...[5, 9, 14, 18].map((over) => `collection: ${over} of 18 tasks over`),
    'analysis: 39 tasks',
    ...[10, 20, 30, 39].map((over) => `analysis: ${over} of 39 tasks over`),
    'challenge: 6 tasks',
    'challenge: 6 of 6 tasks over',
    'report HASH',
    'session ended: DONE',
  ]);
  expect(every.stderr.match(/^done /gm)).toHaveLength(18 + 39 + 6);
  expect(few.status).toBe(0);
});

test('severity and gaps set the exit status, the severity first', async () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const estate = smallEstate(join(folder, 'estate'));
  const requests = { file: 'x.json', client: 'ec2', operation: 'DescribeInstances', input: {}, status: 403 };
  writeFiles(estate, {
    '123456789012/us-east-1/requests.ndjson': `${JSON.stringify({ ...requests, error_code: 'AccessDenied', at: '2026-11-20T00:00:00Z' })}\n`,
  });
  const args = ['analyze', '--estate', estate, '--as-of', '2026-11-20'];
  const statuses = [];
  for (const flags of [
    [],
    ['--allow-gaps'],
    ['--fail-on', '1'],
    ['--fail-on', '10'],
    ['--allow-gaps', '--fail-on', '1'],
  ]) {
    statuses.push((await infrafabric([...args, ...flags], { home, cwd: folder })).status);
  }

  expect(statuses).toStrictEqual([1, 0, 8, 1, 8]);
});

test('a reader that goes away ends nothing but the output', async () => {
  const folder = temporaryFolder();
  const surroundings = { home: join(folder, 'home'), cwd: folder, deafStdout: true };
  const rules = await infrafabric(['rules', 'list'], surroundings);
  const demo = await infrafabric(['demo', '--json', '--out', 'out'], surroundings);

  expect({ status: rules.status, stderr: rules.stderr }).toStrictEqual({ status: 0, stderr: '' });
  expect(demo.status).toBe(0);
  expect(demo.stderr).not.toMatch(/EPIPE|^\s+at /m);
  expect(existsSync(join(folder, 'out/report.json'))).toBe(true);
});

/** The program that opens files here; on Windows it cannot be replaced by a script, so that is not tested. */
const OPENER = process.platform === 'darwin' ? 'open' : 'xdg-open';

const COMMANDS = [
  'demo',
  'analyze',
  'collect',
  'iam-policy',
  'verify',
  'report',
  'sessions',
  'sessions list',
  'sessions show',
  'sessions watch',
  'sessions cancel',
  'sessions resume',
  'rules',
  'rules show',
  'rules lint',
  'services',
  'config',
  'doctor',
  'worker',
  'coordinator',
];

test.each(['', ...COMMANDS])(
  'infrafabric %s --help prints help, with examples where there is something to run',
  async (command) => {
    const words = command === '' ? [] : command.split(' ');
    const help = await infrafabric([...words, '--help'], { home: temporaryFolder() });

    expect({ status: help.status, stderr: help.stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^Usage: infrafabric ${command}`));
    expect(help.stdout).toMatch(/^(Examples:|Commands:)/m);
  },
);

test('services says for each service of a category whether there are checks', async () => {
  const home = temporaryFolder();
  const { stdout, status } = await infrafabric(['services', '--category', 'containers'], { home });
  const document = await infrafabric(['services', '--json'], { home });

  const lines = stdout.trimEnd().split('\n').slice(1);
  expect(status).toBe(0);
  expect(lines.every((line) => line.startsWith('Containers  '))).toBe(true);
  expect(lines.find((line) => line.includes('AmazonECS'))).toMatch(/Compute +vCPU-hour +(none|[0-9]+)$/);
  const services = JSON.parse(document.stdout) as { key: string; rules: string[] }[];
  expect(services.length).toBeGreaterThanOrEqual(268);
  expect(services.find((service) => service.key === 'AmazonEBS')?.rules).toContain('ebs-unattached');
});

test('--version prints the version of the package', async () => {
  const { stdout, status } = await infrafabric(['--version'], { home: temporaryFolder() });
  const manifest = jsonOf(join(import.meta.dirname, '../../apps/cli/package.json'));

  expect({ stdout, status }).toStrictEqual({ stdout: `${(manifest as { version: string }).version}\n`, status: 0 });
});

test('a report is written again by session id, read from its folder, and opened', async () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const estate = smallEstate(join(folder, 'estate'));
  const done = await infrafabric(['analyze', '--estate', estate, '--as-of', '2026-11-20', '--format', 'json'], {
    home,
    cwd: folder,
  });
  const id = /session (s-[0-9a-f-]+)/.exec(done.stderr)?.[1] ?? '';
  const written = join(home, 'reports', id);
  expect(existsSync(join(written, 'report.html'))).toBe(false);

  const again = await infrafabric(['report', id, '--out', join(folder, 'again')], { home });
  const opener = writeFiles(join(folder, 'bin'), { [OPENER]: `#!/bin/sh\necho "$1" > "${folder}/opened"\n` });
  chmodSync(join(opener, OPENER), 0o755);
  const env = { PATH: `${opener}${delimiter}${process.env['PATH'] ?? ''}` };
  const opened = await infrafabric(['report', join(folder, 'again'), '--open'], { home, env });
  const nothing = await infrafabric(['report', written, '--open'], { home, env });
  const sessions = await infrafabric(['sessions', '--json'], { home });
  const watched = await infrafabric(['sessions', 'watch', id], { home });

  expect(again.status).toBe(0);
  expect(readFileSync(join(folder, 'again/report.json'))).toStrictEqual(readFileSync(join(written, 'report.json')));
  expect(opened.stdout).toContain('not verified yet:  infrafabric verify');
  expect(opened.status).toBe(0);
  await expect.poll(() => textOf(join(folder, 'opened'))).toBe(`${join(folder, 'again/report.html')}\n`);
  expect({ status: nothing.status, code: nothing.stderr.split(':')[0] }).toStrictEqual({
    status: 6,
    code: 'OPENER_FAILED',
  });
  expect(JSON.parse(sessions.stdout)).toMatchObject([{ session_id: id, state: 'DONE', abandoned: false }]);
  expect({ status: watched.status, stdout: watched.stdout }).toStrictEqual({ status: 0, stdout: `${id}  DONE\n` });
});

test('verify says AUTHENTIC under a pinned root, and exits 4 naming what broke', async () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const estate = smallEstate(join(folder, 'estate'));
  const out = join(folder, 'out');
  const done = await infrafabric(['analyze', '--estate', estate, '--out', out], { home, cwd: folder });
  const root = /--root (ed25519:[0-9a-f]{32})/.exec(done.stdout)?.[1] ?? '';

  const pinned = await infrafabric(['verify', out, '--root', root], { home });
  const unpinned = await infrafabric(['verify', out, '--json'], { home });
  const foreign = await infrafabric(['verify', out, '--root', `ed25519:${'0'.repeat(32)}`], { home });
  const csv = readFileSync(join(out, 'findings.csv'));
  csv[10] = (csv[10] ?? 0) ^ 1;
  writeFileSync(join(out, 'findings.csv'), csv);
  const flipped = await infrafabric(['verify', out], { home });

  expect({ status: pinned.status, first: pinned.stdout.split('\n')[0] }).toStrictEqual({
    status: 0,
    first: `AUTHENTIC  root ${root}`,
  });
  expect(JSON.parse(unpinned.stdout)).toMatchObject({ verdict: 'CONSISTENT', root: { key_id: root, pinned: false } });
  expect({ status: foreign.status, stdout: foreign.stdout }).toMatchObject({
    status: 4,
    stdout: expect.stringMatching(/^BROKEN[^]*TRUST_ROOT proof\/trust\.json/),
  });
  expect({ status: flipped.status, stdout: flipped.stdout }).toMatchObject({
    status: 4,
    stdout: expect.stringMatching(/^BROKEN[^]*FILE_CHANGED findings\.csv/),
  });
});

test('doctor and config show print one document with --json', async () => {
  const home = join(temporaryFolder(), 'home');
  const doctor = await infrafabric(['doctor', '--json'], { home, cwd: '/' });
  const config = await infrafabric(['config', '--json'], { home, env: { LOG_LEVEL: 'debug' } });

  const checks = JSON.parse(doctor.stdout) as { name: string; ok: boolean }[];
  expect(checks.map((check) => check.name)).toStrictEqual([
    'Node',
    'data folder',
    'free space',
    'keys',
    'queues (SQS)',
    'state (DynamoDB)',
    'evidence (S3)',
  ]);
  expect(checks.filter((check) => !check.ok)).toStrictEqual([]);
  expect(JSON.parse(config.stdout)).toContainEqual({
    env: 'LOG_LEVEL',
    key: 'log_level',
    value: 'debug',
    origin: 'environment',
    from: 'LOG_LEVEL',
  });
});

const jsonOf = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const withoutIds = (line: string): string =>
  line.replace(/s-[0-9a-f-]{36}/, 'ID').replace(/sha256:[0-9a-f]{64}/, 'HASH');
