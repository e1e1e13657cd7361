import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis on a free port of 127.0.0.1, in a folder of its own that goes with it. */
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

/** When an append-only file is flushed to the disk (redis.conf, appendfsync): at every write, or once a second. */
export type AppendFsync = 'always' | 'everysec';

/** Starts a redis-server and waits until it says that it takes connections; it keeps nothing on disk unless told how. */
export async function startRedis(appendFsync?: AppendFsync): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const kept = appendFsync === undefined ? ['no'] : ['yes', '--appendfsync', appendFsync];
  const server = spawn(SERVER, [...settings, '--appendonly', ...kept], { stdio: ['ignore', 'pipe', 'ignore'] });
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
