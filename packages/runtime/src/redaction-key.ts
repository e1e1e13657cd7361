import { join } from 'node:path';
import { newSeed } from '@infrafabric/protocol';
import type { Home } from './home.ts';
import { publishPrivate, refuseOpenFile } from './private-file.ts';

/** The key of the handles that stand for names in a collection (`collect --redact`), made on first use; it never leaves this folder. */
export function redactionKey(home: Home): Uint8Array {
  const path = join(home.keys, 'redaction.key');
  const text = publishPrivate(path, Buffer.from(newSeed()).toString('base64url'));
  refuseOpenFile(path);
  return Buffer.from(text.trim(), 'base64url');
}
