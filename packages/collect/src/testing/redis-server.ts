import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis on a free port of 127.0.0.1 that keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const SERVER = process.env['INFRAFABRIC_REDIS_SERVER'] ?? 'redis-server';

/** Why tests against Redis are skipped, or an empty text when there is a redis-server. */
export const NO_REDIS =
  spawnSync(SERVER, ['--version'], { stdio: 'ignore' }).status === 0
    ? ''
    : ' (skipped: no redis-server; INFRAFABRIC_REDIS_SERVER names one)';

/** Starts a redis-server and waits until it says that it takes connections. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn(SERVER, settings, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/Ready to accept connections/.test(said)) resolve();
    });
    server.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
