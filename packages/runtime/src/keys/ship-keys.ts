import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimedSigners, KeyId, ProtocolError, signerFromSeed } from '@infrafabric/protocol';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { openHome } from '../home.ts';
import { readIfThere, refuseOpenFile } from '../private-file.ts';
import { listed, type ListedKeys, openedFolder } from './change-keys.ts';
import { keyFolder, missingKey, openTrust } from './key-folder.ts';
import { keyNamed, unknownKey } from './key-names.ts';

/** Writes the trust document and the private keys of the named roles (`root` too) into a folder of their own, 0600. @throws RuntimeError `KEY_MISSING`, `OUT_NOT_EMPTY`. */
export function exportKeys(config: Config, out: string, roles: readonly string[]): readonly string[] {
  const folder = openedFolder(config);
  const names = roles.map(keyNamed);
  const trust = folder.trust() ?? missingKey('root', folder.path);
  mkdirSync(out, { recursive: true, mode: 0o700 });
  if (readdirSync(out).length > 0) {
    throw new RuntimeError('OUT_NOT_EMPTY', {
      message: 'expected an empty or absent folder',
      where: out,
      fix: 'name another folder',
    });
  }
  const files = names.map((name) => [`${name}.key`, folder.key(name)?.text ?? missingKey(name, folder.path)] as const);
  for (const [name, text] of [['trust.json', trust.text] as const, ...files]) {
    writeFileSync(join(out, name), text, { mode: 0o600, flag: 'wx' });
    chmodSync(join(out, name), 0o600);
  }
  return ['trust.json', ...files.map(([name]) => name)];
}

/**
 * Takes over a trust document and private keys that `exportKeys` wrote. A newer document of the same root replaces the one here;
 * on a machine without keys, `root` (or the document itself) says which root to pin.
 *
 * @throws RuntimeError `KEY_MISSING`, `KEY_UNKNOWN`, `KEY_FILE_PERMISSIONS`; ProtocolError `TRUST_ROLLBACK`, `TRUST_SIGNATURE`.
 */
export function importKeys(config: Config, from: string, root: string | undefined): ListedKeys {
  const folder = keyFolder(openHome(config.home).keys);
  const text = readIfThere(join(from, 'trust.json')) ?? missingKey('root', from);
  const pinned = folder.rootKeyId() ?? keyIdOf(root) ?? claimedSigners(text)[0] ?? missingKey('root', from);
  const { document } = openTrust(text, pinned, systemClock.nowMs());
  const current = folder.trust();
  if (current !== undefined && current.document.version > document.version) {
    throw new ProtocolError('TRUST_ROLLBACK', {
      message: `expected version ${current.document.version} or later, got ${document.version}`,
      where: join(from, 'trust.json'),
    });
  }
  const seeds = readdirSync(from)
    .flatMap((name) => /^([a-z-]+)\.key$/.exec(name)?.[1] ?? [])
    .map((name) => ({ name: keyNamed(name), seed: seedIn(join(from, `${name}.key`)) }));
  for (const { name, seed } of seeds) {
    const { keyId } = signerFromSeed(seed);
    if (name === 'root' ? keyId !== pinned : !document.keys.some((key) => key.key_id === keyId))
      throw unknownKey(keyId);
  }
  folder.pinRoot(pinned);
  folder.install(text, document.version);
  for (const { name, seed } of seeds) folder.keep(name, seed, 'beside');
  return listed(folder);
}

function keyIdOf(text: string | undefined): KeyId | undefined {
  if (text === undefined || KeyId.safeParse(text).success) return text;
  throw unknownKey(text);
}

function seedIn(path: string): Uint8Array {
  refuseOpenFile(path);
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url');
}
