import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@infrafabric/api';
import { type Config, readConfig } from '@infrafabric/runtime';

/** A server on a free loopback port, with a data folder of its own. */
export interface Served {
  readonly url: string;
  readonly token: string;
  readonly config: Config;
  readonly lines: readonly string[];
  /** Asks with the token. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** Serves from a fresh folder, or from the one that `environment` names, which then stays; it holds settings. */
export async function served(environment: Readonly<Record<string, string>> = {}): Promise<Served> {
  const given = environment['INFRAFABRIC_HOME'];
  const home = given ?? mkdtempSync(join(tmpdir(), 'infrafabric-api-'));
  const config = readConfig({
    flags: {},
    environment: { ...environment, INFRAFABRIC_HOME: home, LOG_LEVEL: 'silent' },
  });
  const stop = new AbortController();
  const lines: string[] = [];
  const listening = Promise.withResolvers<string>();
  const ended = serve(config, {
    host: '127.0.0.1',
    port: 0,
    signal: stop.signal,
    log: (line) => void lines.push(line),
    onListening: listening.resolve,
  });
  const url = await Promise.race([listening.promise, ended.then(() => Promise.reject(new Error('it ended')))]);
  const printed = lines.find((line) => line.startsWith('token: '))?.slice('token: '.length);
  if (printed === undefined && given === undefined)
    throw new Error(`expected a fresh server to print its token, got ${lines.join('; ')}`);
  const token = printed ?? readFileSync(join(home, 'keys/api.token'), 'utf8').trim();
  return {
    url,
    token,
    config,
    lines,
    ask: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
      return fetch(`${url}${path}`, { ...init, headers });
    },
    close: async () => {
      stop.abort();
      await ended;
      if (given === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The body of a request that has one. */
export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
