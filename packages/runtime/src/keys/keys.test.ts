import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMessage, Sequence, type TrustStore } from '@infrafabric/protocol';
import { aRequest, aSwarm, codeOf } from '@infrafabric/protocol/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type Config, readConfig } from '../config/config.ts';
import { openHome } from '../home.ts';
import { listKeys, revokeKey, rotateKeys } from './change-keys.ts';
import { openKeys, type Keys } from './open-keys.ts';
import { exportKeys, importKeys } from './ship-keys.ts';

const DAY = 86_400_000;

function machine(): { config: Config; path: string; open: (nowMs?: number) => Keys } {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'home');
  const config = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: path } });
  return { config, path, open: (nowMs = Date.now()) => openKeys(openHome(path), 'local', nowMs) };
}

/** The next turn of the event loop: what a running process does between two messages. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const statusOf = (keys: ReturnType<typeof listKeys>, role: string): string[] =>
  keys.keys.filter((key) => key.roles[0] === role).map((key) => `${key.status}${key.here ? ' here' : ''}`);

const swarm = aSwarm('key folder');
const order = () => ({ ...aRequest(swarm), timestamp: Date.now(), expires_at: Date.now() + DAY });
const openAt = (trust: TrustStore, wire: string): string =>
  codeOf(() => openMessage(wire, { trust, receivers: ['if://role/pricing'], nowMs: Date.now() }));

test('a process that runs signs with the fresh key after a rotation, and the messages of the old one still open', async () => {
  const { config, path, open } = machine();
  const running = open();
  const sequence = new Sequence(running.signerOf('coordinator'));
  const before = sequence.seal(order());
  const rotated = rotateKeys(config, ['coordinator']);
  await turn();
  const after = sequence.seal(order());

  expect(statusOf(rotated, 'coordinator')).toStrictEqual(['retiring', 'active here']);
  expect(statusOf(rotated, 'pricing')).toStrictEqual(['active here']);
  const [old, fresh] = [before, after].map((wire) => JSON.parse(wire).signature.key_id);
  expect([old === fresh, fresh]).toStrictEqual([false, rotated.keys.at(-1)?.key_id]);
  expect([openAt(running.trust, before), openAt(running.trust, after)]).toStrictEqual(['no error', 'no error']);
  expect(JSON.parse(running.trustText).payload.version).toBe(2);
  const files = readdirSync(join(path, 'keys')).filter((name) => name.startsWith('coordinator'));
  expect(files).toStrictEqual([`coordinator.${fresh.slice('ed25519:'.length)}.key`]);
});

test('a revoked key is refused at once by a process that runs, and its role has a fresh one', async () => {
  const { config, open } = machine();
  const running = open();
  const sequence = new Sequence(running.signerOf('coordinator'));
  const wire = sequence.seal(order());
  const stolen = running.signerOf('coordinator').keyId;
  const keys = revokeKey(config, stolen, 'laptop stolen');
  await turn();

  expect(openAt(running.trust, wire)).toBe('BUS_KEY_REVOKED');
  expect(openAt(running.trust, sequence.seal(order()))).toBe('no error');
  expect(statusOf(keys, 'coordinator')).toStrictEqual(['revoked', 'active here']);
  expect(keys.keys.find((key) => key.key_id === stolen)?.reason).toBe('laptop stolen');
  expect(revokeKey(config, stolen, 'again').version).toBe(keys.version);
});

test('what is near its end is renewed: keys, and the document with them', () => {
  const { open, config } = machine();
  const first = open(Date.now() - 340 * DAY);
  const old = first.signerOf('pricing').keyId;
  const renewed = open();

  expect(renewed.signerOf('pricing').keyId).not.toBe(old);
  expect(renewed.trust.expiresAtMs - Date.now()).toBeGreaterThan(364 * DAY);
  expect(statusOf(listKeys(config), 'pricing')).toStrictEqual(['retiring', 'active here']);
});

test('another machine gets the document and the keys it is meant to have, and no more', () => {
  const [here, there] = [machine(), machine()];
  here.open();
  const out = join(here.path, '../shipped');
  const files = exportKeys(here.config, out, ['pricing']);
  const imported = importKeys(there.config, out, listKeys(here.config).root);
  const keys = there.open();

  expect([files, readdirSync(out).toSorted()]).toStrictEqual([
    ['trust.json', 'pricing.key'],
    ['pricing.key', 'trust.json'],
  ]);
  expect([imported.root, imported.root_here]).toStrictEqual([listKeys(here.config).root, false]);
  expect(statusOf(imported, 'pricing')).toStrictEqual(['active here']);
  expect(statusOf(imported, 'budget')).toStrictEqual(['active']);
  expect(keys.signerOf('pricing').keyId).toBe(here.open().signerOf('pricing').keyId);
  expect([codeOf(() => keys.signerOf('budget')), codeOf(() => rotateKeys(there.config, ['pricing']))]).toStrictEqual([
    'KEY_MISSING',
    'KEY_MISSING',
  ]);
});

test('an older document, one of another root, a key it does not know and an open file are refused', () => {
  const [here, there] = [machine(), machine()];
  const [older, newer] = [join(here.path, '../older'), join(here.path, '../newer')];
  exportKeys(here.config, older, ['pricing']);
  rotateKeys(here.config, []);
  exportKeys(here.config, newer, ['pricing']);
  importKeys(there.config, newer, undefined);
  const version = listKeys(there.config).version;

  expect(codeOf(() => importKeys(there.config, older, undefined))).toBe('TRUST_ROLLBACK');
  expect(codeOf(() => importKeys(machine().config, newer, listKeys(machine().config).root))).toBe('TRUST_SIGNATURE');
  const keyFile = join(newer, 'pricing.key');
  const text = readFileSync(keyFile, 'utf8');
  writeFileSync(keyFile, Buffer.alloc(32, 5).toString('base64url'));
  expect(codeOf(() => importKeys(there.config, newer, undefined))).toBe('KEY_UNKNOWN');
  writeFileSync(keyFile, text);
  chmodSync(keyFile, 0o644);
  expect(codeOf(() => importKeys(there.config, newer, undefined))).toBe('KEY_FILE_PERMISSIONS');
  expect(listKeys(there.config).version).toBe(version);
});

test('an installation with a document of one name is carried on', () => {
  const { config, path, open } = machine();
  open();
  const keys = join(path, 'keys');
  writeFileSync(join(keys, 'trust.json'), readFileSync(join(keys, 'trust-1.json')));
  rmSync(join(keys, 'trust-1.json'));

  expect(open().trust.version).toBe(1);
  expect(rotateKeys(config, ['budget']).version).toBe(2);
  expect(existsSync(join(keys, 'trust-2.json'))).toBe(true);
});
