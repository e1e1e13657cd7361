import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Config, type LocalHost, openSessionHost } from '@infrafabric/runtime';
import { createApp } from './app.ts';
import { type Metrics, openMetrics } from './metrics.ts';

/** Where to listen and until when. */
export interface ServeOptions {
  /** 127.0.0.1 when only this machine is to ask. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly signal: AbortSignal;
  /** Hears the address, the token the first time, and events. */
  readonly log: (line: string) => void;
  /** Hears where the server is once it listens. */
  readonly onListening?: (url: string) => void;
}

/** Serves the API until stopped. Sessions that are not over are laid down, and taken up when it serves again. */
export async function serve(config: Config, options: ServeOptions): Promise<void> {
  const metrics = openMetrics();
  const host = await openSessionHost(config, { log: options.log, observer: metrics.observer });
  try {
    const server = await listen(host, config, metrics, options);
    announce(host, server, options);
    await stopped(options.signal);
    await closed(server);
  } finally {
    await host.close();
  }
}

async function listen(
  host: LocalHost,
  config: Config,
  metrics: Metrics,
  { host: hostname, port }: ServeOptions,
): Promise<Server> {
  const app = createApp(host, {
    names: [hostname, ...config.apiHosts],
    requestsPerMinute: config.apiRequestsPerMinute,
    addressOf: (context) => getConnInfo(context).remote.address ?? '',
    metrics,
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!isHttp1(server)) throw new TypeError('expected a server of HTTP/1.1');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  return server;
}

function isHttp1(server: object): server is Server {
  return 'closeAllConnections' in server;
}

function announce(host: LocalHost, server: Server, { host: hostname, log, onListening }: ServeOptions): void {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  if (host.token.fresh) log(`token: ${host.token.token}`);
  log(`token file: ${host.token.path}`);
  if (!['127.0.0.1', '::1', 'localhost'].includes(hostname)) {
    log(`anyone who reaches ${hostname} can ask, and the token travels unencrypted: put TLS in front`);
  }
  log(`listening on ${url}`);
  onListening?.(url);
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await ended;
}
