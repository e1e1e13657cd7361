import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { RuntimeError } from './errors.ts';
import { type Home, openHome } from './home.ts';
import { publishPrivate, readIfThere, refuseOpenFile } from './private-file.ts';

/** What a key of the API admits to: asking, and changing something. */
export const API_SCOPES = ['read', 'write'] as const;
/** What a key of the API admits to. */
export type ApiScope = (typeof API_SCOPES)[number];

/** A key of the API as it is kept: its hash, never itself. */
const ApiKey = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)).min(1),
  sha256: z.string(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
});
type ApiKey = z.infer<typeof ApiKey>;

const KeyFile = z.strictObject({ keys: z.array(ApiKey) });

/** A key as lists show it: without its hash. */
export type ListedApiKey = Omit<ApiKey, 'sha256'>;

/** Who asks, once a token was admitted. */
export interface ApiCaller {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
}

/** A key that was made, and its token, which nobody can give again. */
export interface MadeApiKey {
  readonly key: ListedApiKey;
  readonly token: string;
}

/** A key to be made. */
export interface ApiKeyAsk {
  /** 1 to 60 of a-z, 0-9 and -; one key a name. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** Days until it is refused; never when absent. */
  readonly days?: number | undefined;
}

/** The bearer token of the API on this machine, made on first use: `ifk_`, an id, 32 random bytes. `fresh` when it was made now. */
export function apiToken(home: Home): { readonly token: string; readonly path: string; readonly fresh: boolean } {
  const path = join(home.keys, 'api.token');
  const existing = readIfThere(path);
  const made = newToken('local');
  const token = (existing ?? publishPrivate(path, `${made}\n`)).trim();
  refuseOpenFile(path);
  return { token, path, fresh: token === made };
}

/**
 * Admits who shows the token of this machine or a key that was made and neither revoked nor expired; hashes are compared, in
 * constant time. The file of keys is read each time, so a revoked key is refused at once.
 */
export function admitterOf(home: Home, nowMs: () => number): (token: string) => ApiCaller | undefined {
  const local = sha256(apiToken(home).token);
  return (token) => {
    const shown = sha256(token);
    const key = readKeys(home).find((one) => timingSafeEqual(shown, Buffer.from(one.sha256, 'hex')));
    if (timingSafeEqual(shown, local)) return { name: 'local', scopes: API_SCOPES };
    const isOver = key?.expires_at != null && Date.parse(key.expires_at) <= nowMs();
    return key === undefined || isOver ? undefined : { name: key.name, scopes: key.scopes };
  };
}

/** Makes a key. Its token is in the answer and nowhere else. @throws RuntimeError `API_KEY_INVALID`, `API_KEY_EXISTS`. */
export function createApiKey(config: Config, ask: ApiKeyAsk, nowMs: number = systemClock.nowMs()): MadeApiKey {
  const home = openHome(config.home);
  const keys = readKeys(home);
  const scopes = scopesOf(ask.scopes);
  if (!/^[a-z0-9-]{1,60}$/.test(ask.name)) throw invalid(`1 to 60 of a-z, 0-9 and -`, ask.name);
  if (keys.some(({ name }) => name === ask.name)) {
    throw new RuntimeError('API_KEY_EXISTS', {
      message: 'a key has this name',
      where: ask.name,
      fix: `infrafabric api-keys revoke ${ask.name}`,
    });
  }
  const id = randomBytes(6).toString('hex');
  const token = newToken(id);
  const key: ListedApiKey = {
    id,
    name: ask.name,
    scopes,
    created_at: new Date(nowMs).toISOString(),
    expires_at: ask.days === undefined ? null : new Date(nowMs + ask.days * 86_400_000).toISOString(),
  };
  writeKeys(home, [...keys, { ...key, sha256: sha256(token).toString('hex') }]);
  return { key, token };
}

/** Every key that was made and not revoked, by name. */
export function listApiKeys(config: Config): ListedApiKey[] {
  return readKeys(openHome(config.home))
    .map(({ id, name, scopes, created_at, expires_at }) => ({ id, name, scopes, created_at, expires_at }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Refuses a key from now on. @throws RuntimeError `API_KEY_UNKNOWN`. */
export function revokeApiKey(config: Config, name: string): void {
  const home = openHome(config.home);
  const keys = readKeys(home);
  const left = keys.filter((key) => key.name !== name);
  if (left.length === keys.length) {
    throw new RuntimeError('API_KEY_UNKNOWN', {
      message: 'no key has this name',
      where: name.slice(0, 80),
      fix: 'infrafabric api-keys list',
    });
  }
  writeKeys(home, left);
}

const newToken = (id: string): string => `ifk_${id}_${randomBytes(32).toString('base64url')}`;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const pathOf = (home: Home): string => join(home.keys, 'api-keys.json');

function readKeys(home: Home): ApiKey[] {
  const path = pathOf(home);
  const text = readIfThere(path);
  if (text === undefined) return [];
  refuseOpenFile(path);
  return KeyFile.parse(JSON.parse(text)).keys;
}

function writeKeys(home: Home, keys: readonly ApiKey[]): void {
  const draft = `${pathOf(home)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, pathOf(home));
}

function scopesOf(words: readonly string[]): ApiScope[] {
  const scopes = API_SCOPES.filter((scope) => words.includes(scope));
  const unknown = words.find((word) => !API_SCOPES.some((scope) => scope === word));
  if (unknown === undefined && scopes.length > 0) return scopes;
  throw invalid(`scopes of ${API_SCOPES.join(', ')}`, unknown ?? '');
}

function invalid(expected: string, got: string): RuntimeError {
  return new RuntimeError('API_KEY_INVALID', {
    message: `expected ${expected}, got "${got.slice(0, 60)}"`,
    fix: 'infrafabric api-keys create nightly --scopes read,write --days 90',
  });
}
