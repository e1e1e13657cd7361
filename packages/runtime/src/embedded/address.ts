import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from '../home.ts';

/** How to reach the owner of the data folder on loopback. */
export const EmbeddedAddress = z.strictObject({
  port: z.int().min(1).max(65_535),
  pid: z.int().min(1),
  access_key_id: z.string().min(16),
});
export type EmbeddedAddress = z.infer<typeof EmbeddedAddress>;

/** Says where the owner listens; replaced whole, readable by the owner only. */
export function writeAddress(home: Home, address: EmbeddedAddress): void {
  const draft = `${home.embedded}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  renameSync(draft, home.embedded);
}

/** Where the owner listens, if it said so. */
export function readAddress(home: Home): EmbeddedAddress | undefined {
  try {
    return EmbeddedAddress.parse(JSON.parse(readFileSync(home.embedded, 'utf8')));
  } catch {
    // Absent, or being written by a process that is just starting: the caller tries again.
    return undefined;
  }
}

/** The per-install credential of the loopback port: 160 random bits, made once. */
export function accessKeyOf(home: Home): string {
  const path = join(home.keys, 'embedded-access-key');
  const existing = readText(path);
  if (existing !== undefined) return existing;
  writeFileSync(path, `IFLOCAL${randomBytes(20).toString('hex').toUpperCase()}`, { mode: 0o600, flag: 'wx' });
  chmodSync(path, 0o600);
  return readText(path) ?? '';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
