import { join } from 'node:path';
import { newSeed } from '@infrafabric/protocol';
import type { Home } from './home.ts';
import { publishPrivate, readIfThere, refuseOpenFile } from './private-file.ts';

/** The key of the handles that stand for names in a collection (`collect --redact`), made on first use; it never leaves this folder. */
export function redactionKey(home: Home): Uint8Array {
  const path = join(home.keys, 'redaction.key');
  const text = publishPrivate(path, Buffer.from(newSeed()).toString('base64url'));
  refuseOpenFile(path);
  return Buffer.from(text.trim(), 'base64url');
}

/** The bearer token of the API on this machine, made on first use: `ifk_`, an id, 32 random bytes. `fresh` when it was made now. */
export function apiToken(home: Home): { readonly token: string; readonly path: string; readonly fresh: boolean } {
  const path = join(home.keys, 'api.token');
  const existing = readIfThere(path);
  const made = `ifk_local_${Buffer.from(newSeed()).toString('base64url')}`;
  const token = (existing ?? publishPrivate(path, `${made}\n`)).trim();
  refuseOpenFile(path);
  return { token, path, fresh: token === made };
}
