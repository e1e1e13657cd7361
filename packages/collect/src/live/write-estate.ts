import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import type { LiveSink } from './collect-place.ts';

/**
 * Writes a collection as an estate directory (DESIGN 7); chunks of metrics become one file again.
 *
 * The directory must be absent or empty; files are for their owner only, as an account's inventory is nobody else's business.
 */
export function estateWriter(directory: string): LiveSink {
  return async (name, bytes) => {
    const [file = name, chunk] = name.split('#');
    const path = join(directory, file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (chunk === undefined || chunk === '1') await writeFile(path, bytes, { mode: 0o600 });
    else await appendFile(path, bytes);
    return evidenceId(sha256Hex(bytes));
  };
}
