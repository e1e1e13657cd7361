import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { smallEstate } from './testing/inputs.ts';

interface Listed {
  root: string;
  version: number;
  keys: { key_id: string; roles: string[]; status: string; here: boolean }[];
}

const pricing = ({ keys }: Listed): string[] =>
  keys.filter(({ roles }) => roles.includes('pricing')).map(({ status, here }) => `${status}${here ? ' here' : ''}`);

test('rotations of several processes at the same time all count, and analyses go on under the same root', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const run = async (...args: string[]) => infrafabric(args, { home, cwd });
  const estate = smallEstate(join(cwd, 'estate'));
  const before: Listed = JSON.parse((await run('keys', 'init', '--json')).stdout);
  await Promise.all([1, 2, 3].map(async () => run('keys', 'rotate', '--role', 'pricing')));
  const after: Listed = JSON.parse((await run('keys', 'list', '--json')).stdout);
  await run('analyze', '--estate', estate, '--as-of', '2026-11-20', '--out', 'out');
  const verified = await run('verify', 'out', '--root', before.root);

  expect([before.version, pricing(before)]).toStrictEqual([1, ['active here']]);
  expect([after.version, after.root, pricing(after)]).toStrictEqual([
    4,
    before.root,
    ['retiring', 'retiring', 'retiring', 'active here'],
  ]);
  expect(verified.stdout).toContain('AUTHENTIC');
  expect(readdirSync(join(home, 'keys')).filter((name) => name.endsWith('.json'))).toHaveLength(4);
});

test('a report whose messages a later revoked key signed is said to be so, and stays valid', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const run = async (...args: string[]) => infrafabric(args, { home, cwd });
  await run('analyze', '--estate', smallEstate(join(cwd, 'estate')), '--as-of', '2026-11-20', '--out', 'out');
  const listed: Listed = JSON.parse((await run('keys', '--json')).stdout);
  const key = listed.keys.find(({ roles }) => roles.includes('pricing'))!;
  const revoked = await run('keys', 'revoke', key.key_id, '--reason', 'laptop stolen');
  const shown = await run('keys');
  const verified = await run('verify', 'out', '--root', listed.root);

  expect([revoked.status, verified.status]).toStrictEqual([0, 0]);
  expect(shown.stdout).toMatch(new RegExp(`${key.key_id} +pricing +revoked +- .*laptop stolen`));
});

test.each([
  [['keys', 'revoke', 'ed25519:00', '--reason', 'x'], 'KEY_UNKNOWN'],
  [['keys', 'rotate', '--role', 'boss'], 'CONFIG_INVALID'],
  [['keys', 'import', '.'], 'KEY_MISSING'],
  [['keys', 'export', '.'], 'OUT_NOT_EMPTY'],
])('%j is refused with %s', async (args, code) => {
  const cwd = temporaryFolder();
  const ended = await infrafabric(args, { home: join(cwd, 'home'), cwd });

  expect([ended.status, ended.stdout]).toStrictEqual([2, '']);
  expect(ended.stderr.split('\n')[0]).toContain(code);
});

test('the secret of a deployed role holds its key, the root and the trust document, and of no other role', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const { root }: Listed = JSON.parse((await infrafabric(['keys', 'init', '--json'], { home, cwd })).stdout);
  const { stdout, status } = await infrafabric(['keys', 'secret', 'pricing'], { home, cwd });

  const secret = JSON.parse(stdout) as Record<string, string>;
  expect([status, Object.keys(secret)]).toStrictEqual([0, ['seed', 'root_key_id', 'trust']]);
  expect(secret['root_key_id']).toBe(root);
  expect(secret['seed']).toBe(readFileSync(join(home, 'keys/pricing.key'), 'utf8').trim());
});
