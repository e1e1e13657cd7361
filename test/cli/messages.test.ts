import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFabric, readConfig } from '@infrafabric/runtime';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { smallEstate } from './testing/inputs.ts';

/** The DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 10.1). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

interface Envelope {
  payloadType: string;
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

test('every message of a report is listed, and exported in a form that a bare Ed25519 verifies', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const estate = smallEstate(join(cwd, 'estate'));
  await infrafabric(['analyze', '--estate', estate, '--as-of', '2026-11-20', '--out', 'out'], { home, cwd });
  const listed = await infrafabric(['messages', 'ls', 'out', '--json'], { home, cwd });
  const list: { sha256: string; performative: string }[] = JSON.parse(listed.stdout);
  const log = readFileSync(join(cwd, 'out/proof/log.ndjson'), 'utf8').trimEnd().split('\n');

  expect(list.map(({ sha256 }) => `sha256:${sha256}`)).toStrictEqual(log.map((line) => JSON.parse(line).wire_sha256));
  expect(new Set(list.map(({ performative }) => performative))).toStrictEqual(new Set(['request', 'inform', 'close']));
  const sha256 = list[0]!.sha256;
  const wire = (await infrafabric(['messages', 'show', 'out', sha256], { home, cwd })).stdout.trimEnd();
  const dsse = await infrafabric(['messages', 'show', 'out', `sha256:${sha256.slice(0, 12)}`, '--dsse'], { home, cwd });
  expect(createHash('sha256').update(wire).digest('hex')).toBe(sha256);
  expect(holds(JSON.parse(dsse.stdout), JSON.parse(wire).signature.public_key)).toBe(true);
});

function holds({ payloadType, payload, signatures }: Envelope, publicKey: string): boolean {
  const body = Buffer.from(payload, 'base64');
  const framed = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body]);
  const raw = Buffer.from(publicKey.slice('ed25519:'.length), 'base64url');
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  return verify(null, framed, key, Buffer.from(signatures[0]!.sig, 'base64'));
}

test('a refused message is listed with its code and count, and shown without its content', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const forged = JSON.stringify({ content: { secret: 'tell nobody' }, sender: 'if://agent/\u001B[31mx/pricing/0' });
  const none = await infrafabric(['quarantine'], { home, cwd });
  const fabric = await openFabric(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } }));
  await fabric.quarantine.keep(forged, 'BUS_SCHEMA');
  await fabric.quarantine.keep(forged, 'BUS_SCHEMA');
  await fabric.close();
  const sha256 = createHash('sha256').update(forged).digest('hex');

  const listed = await infrafabric(['quarantine', 'ls', '--json'], { home, cwd });
  const shown = await infrafabric(['quarantine', 'show', sha256.slice(0, 8)], { home, cwd });
  const raw = await infrafabric(['quarantine', 'show', sha256, '--raw'], { home, cwd });

  expect(none.stdout).toBe('no message was refused\n');
  expect(JSON.parse(listed.stdout)).toMatchObject([{ sha256, code: 'BUS_SCHEMA', count: 2, bytes: forged.length }]);
  expect(shown.stdout).toMatch(/BUS_SCHEMA {2}2 times/);
  expect(shown.stdout).toContain('sender: if://agent/[31mx/pricing/0');
  expect(`${listed.stdout}${shown.stdout}`).not.toMatch(/tell nobody|\p{Cc}\[/u);
  expect(JSON.parse(raw.stdout)).toBe(forged);
});

test.each([
  [['quarantine', 'show', 'abc'], 2, 'MESSAGE_UNKNOWN'],
  [['quarantine', 'show', 'f'.repeat(64)], 2, 'MESSAGE_UNKNOWN'],
  [['messages', 'ls', '.'], 3, 'REPORT_NOT_FOUND'],
])('%j is refused with one clear error', async (args, status, code) => {
  const cwd = temporaryFolder();
  const ended = await infrafabric(args, { home: join(cwd, 'home'), cwd });

  expect(ended.status).toBe(status);
  expect(ended.stderr.split('\n')[0]).toContain(code);
  expect(ended.stdout).toBe('');
});
