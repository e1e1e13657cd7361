import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../config/config.ts';
import { keySecret, rootOf } from '../keys/key-secret.ts';
import { noKeys, openDeployedKeys } from './deployed-keys.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:pricing';
const NOW_MS = Date.now();

let folder: string;
let server: Server;
let answered: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'infrafabric-keys-'));
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ ARN, SecretString: answered }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reach = {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
  };
  for (const [name, value] of Object.entries(reach)) vi.stubEnv(name, value);
});
afterEach(() => (answered = ''));
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const config = () => readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: folder } });
const secret = (): Record<string, string> => JSON.parse(keySecret(config(), 'pricing')) as Record<string, string>;

test('a function signs as its own role, believes whom the root says, and holds no other key', async () => {
  answered = JSON.stringify(secret());
  const keys = await openDeployedKeys(ARN, 'pricing', NOW_MS);

  expect(keys.rootKeyId).toBe(rootOf(config()));
  expect(keys.trust.keys.get(keys.signerOf('pricing').keyId)?.roles).toStrictEqual(['pricing']);
  expect(() => keys.signerOf('coordinator')).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
});

test.each([
  ['the key of another role', () => keySecret(config(), 'budget'), 'KEY_SECRET_INVALID'],
  ['no JSON', () => 'secret', 'KEY_SECRET_INVALID'],
  ['a member too many', () => JSON.stringify({ ...secret(), more: '' }), 'KEY_SECRET_INVALID'],
  ['a seed that is none', () => JSON.stringify({ ...secret(), seed: 'x' }), 'KEY_SECRET_INVALID'],
  ['another root', () => JSON.stringify({ ...secret(), root_key_id: `ed25519:${'0'.repeat(32)}` }), 'TRUST_SIGNATURE'],
  [
    'a changed trust document',
    () => JSON.stringify({ ...secret(), trust: secret()['trust']?.replace('pricing', 'budget') }),
    'TRUST_SIGNATURE',
  ],
])('a secret with %s is refused by its code', async (_what, text, code) => {
  answered = text();

  await expect(openDeployedKeys(ARN, 'pricing', NOW_MS)).rejects.toMatchObject({ code });
});

test('a function without a role has no key at all', () => {
  expect(() => noKeys.signerOf('coordinator')).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
  expect(() => noKeys.trust).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
});
