import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFabric, readConfig } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { infrafabric } from './testing/command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'infrafabric-dlq-'));
const home = join(cwd, 'home');
const run = async (...args: string[]) => infrafabric(['dlq', ...args], { home, cwd });

const SESSION = 's-02000000-7c00-7000-8000-000000000001';
const GONE = { session_id: SESSION, role: 'pricing', act: 'request', task_id: 'pricing/ebs/eu-west-1/0' } as const;
const letterOf = (digit: string, at_ms: number) => ({
  ...GONE,
  sha256: digit.repeat(64),
  dispatch: 2,
  code: 'RECEIVE_COUNT',
  detail: '',
  receives: 10,
  at_ms,
});

beforeAll(async () => {
  const fabric = await openFabric(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } }));
  for (const [at, digit] of ['a', 'b', 'c'].entries()) {
    await fabric.deadLetters.keep(letterOf(digit, Date.now() + at), `{"wire":"${digit}"}`);
  }
  await fabric.close();
});
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

test('dead letters are listed and shown; looking changes nothing', async () => {
  const listed = await run('ls', '--json');
  const again = await run('ls', '--json');
  const shown = await run('show', 'bbbbbbbb');
  const raw = await run('show', 'b'.repeat(64), '--raw');
  const document = JSON.parse((await run('show', 'b'.repeat(64), '--json')).stdout);

  expect(JSON.parse(listed.stdout).map(({ sha256 }: { sha256: string }) => sha256[0])).toStrictEqual(['c', 'b', 'a']);
  expect(again.stdout).toBe(listed.stdout);
  expect((await run()).stdout).toContain('bbbbbbbbbbbbbbbb  RECEIVE_COUNT        10  pricing/ebs/eu-west-1/0');
  expect(shown.stdout).toContain('session s-02000000-7c00-7000-8000-000000000001: not there any more');
  expect(raw.stdout).toBe('{"wire":"b"}\n');
  expect(document).toMatchObject({ letter: letterOf('b', expect.any(Number)), session_state: null, task: null });
});

test.each([
  [['show', 'ffffffff'], 2, 'DEAD_LETTER_NOT_FOUND'],
  [['redrive', 'ffffffff'], 2, 'DEAD_LETTER_NOT_FOUND'],
  [['purge', 'ffffffff'], 2, 'DEAD_LETTER_NOT_FOUND'],
  [['redrive', 'aaaaaaaa'], 2, 'SESSION_NOT_FOUND'],
  [['ls', '--session', 'x'], 2, 'SESSION_ID_INVALID'],
  [['ls', '--session', SESSION], 2, 'SESSION_NOT_FOUND'],
  [['redrive'], 2, 'USAGE_LETTERS'],
  [['redrive', 'aaaaaaaa', '--all'], 2, 'USAGE_LETTERS'],
  [['purge', '--all'], 2, 'USAGE_NEEDS_YES'],
])('dlq %j is refused with one clear error', async (args, status, code) => {
  const ended = await run(...args);

  expect([ended.status, ended.stdout, ended.stderr]).toStrictEqual([status, '', expect.stringContaining(`${code}: `)]);
});

test('what is purged is gone from the list, one by name and all by saying so twice', async () => {
  const one = await run('purge', 'aaaaaaaa', '--json');
  const left = JSON.parse((await run('ls', '--json')).stdout).length;
  const all = await run('purge', '--all', '--yes');
  const none = await run();

  expect([one.status, JSON.parse(one.stdout), left]).toStrictEqual([0, { purged: ['a'.repeat(64)] }, 2]);
  expect([all.status, all.stderr]).toStrictEqual([0, expect.stringContaining('2 dead letters purged')]);
  expect(none.stdout).toBe('no dead letter\n');
});
