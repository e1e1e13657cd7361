import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AnswerCache } from '@infrafabric/collect/cache';
import {
  collectLive,
  COLLECTORS,
  type LiveCollection,
  POLITE_SETTINGS,
  Politeness,
  RateLimiter,
} from '@infrafabric/collect/live';
import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import { type Fault, startFaultProxy } from './fault-proxy.ts';
import { MAIN_ACCOUNT } from './fill-account.ts';
import { NOT_IN_MOTO } from './not-in-moto.ts';

const MAIN = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');

/** The regions that are filled and read. */
export const REGIONS = ['us-east-1', 'eu-west-1'];

/** Runs the command line with its home in a folder; the credentials are ones the emulator takes. */
export function runCli(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: number | null; out: string; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    INFRAFABRIC_HOME: join(folder, 'home'),
    AWS_ACCESS_KEY_ID: 'reader',
    AWS_SECRET_ACCESS_KEY: 'reader',
    INFRAFABRIC_MEMBER_ROLE: 'audit',
    INFRAFABRIC_EXTERNAL_ID: 'between-us',
    ...environment,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (_, out, err) =>
      resolve({ status: child.exitCode, out, err }),
    );
  });
}

/** Every file below a folder. */
export const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What a collection gave, and its answers by file. */
export interface Collected {
  readonly collection: LiveCollection;
  readonly answers: Readonly<Record<string, string>>;
}

/** Collects through a proxy that answers some requests with errors; quick to try again, no rate limit. */
export async function collectThrough(
  target: string,
  fault: Fault,
  cache?: AnswerCache,
): Promise<Collected & { readonly faults: number; readonly passed: number }> {
  const proxy = await startFaultProxy(target, fault);
  const clock = { nowMs: () => NOW_MS, sleep: async () => {} };
  const unlimited = new RateLimiter(clock, () => ({ requests: 1_000_000, windowMs: 1, source: 'test' }));
  const settings = { ...POLITE_SETTINGS, maxAttempts: 20, firstBackoffMs: 1, longestBackoffMs: 2 };
  const answers: Record<string, string> = {};
  try {
    const collection = await collectLive({
      // What failed is asked again: with a cache only what the emulator answers.
      collectors: cache === undefined ? COLLECTORS : COLLECTORS.filter((one) => !NOT_IN_MOTO.has(one.id)),
      ...(cache === undefined ? {} : { cache, cacheMinutes: 60 }),
      accounts: [
        {
          account: MAIN_ACCOUNT,
          regions: REGIONS,
          settings: {
            endpoint: proxy.url,
            forcePathStyle: true,
            credentials: { accessKeyId: 'reader', secretAccessKey: 'reader' },
          },
        },
      ],
      days: 14,
      clock,
      politeness: new Politeness(clock, settings, unlimited),
      signal: new AbortController().signal,
      sink: async (name, bytes) => {
        if (!name.endsWith('requests.ndjson')) answers[name] = new TextDecoder().decode(bytes);
        return evidenceId(sha256Hex(bytes));
      },
    });
    return { collection, answers, faults: proxy.faults(), passed: proxy.passed() };
  } finally {
    proxy.stop();
  }
}

const NOW_MS = Date.now();
