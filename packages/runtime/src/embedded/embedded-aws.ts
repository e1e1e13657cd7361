import { existsSync } from 'node:fs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  acquireLock,
  type AwsLocal,
  AwsLocalError,
  openAwsLocal,
  type SdkRequestHandler,
} from '@infrafabric/aws-local';
import { systemClock } from '../clock.ts';
import { RuntimeError } from '../errors.ts';
import type { Home } from '../home.ts';
import { accessKeyOf, readAddress, writeAddress } from './address.ts';

/** The embedded AWS as this process reaches it: as its owner, or over the owner's loopback port. */
export interface EmbeddedAws {
  readonly requestHandler: SdkRequestHandler;
  readonly accessKeyId: string;
  readonly isOwner: () => boolean;
  readonly close: () => Promise<void>;
}

/** How long a process waits for an owner that holds the lock but has not said where it listens. */
const JOIN_PATIENCE_MS = 10_000;

/**
 * Opens the embedded AWS of a data folder. The first process owns it and serves the others on loopback; when the owner goes,
 * the next process that needs it takes over, and the SDK's own retries carry the calls across. Whoever takes over finds the data
 * that was there; where it is gone, every call says `STATE_LOST`.
 */
export async function openEmbeddedAws(home: Home): Promise<EmbeddedAws> {
  const accessKeyId = accessKeyOf(home);
  let route = await findRoute(home, accessKeyId, 'start');
  let moving: Promise<Route> | undefined;
  const move = async (failed: Route): Promise<void> => {
    if (route !== failed) return;
    moving ??= findRoute(home, accessKeyId, 'takeover').finally(() => (moving = undefined));
    route = await moving;
  };
  const requestHandler: SdkRequestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options) {
      const used = route;
      try {
        return await used.handle(request, options);
      } catch (error) {
        if (isConnectionLost(error)) await move(used);
        throw error;
      }
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
  return { requestHandler, accessKeyId, isOwner: () => route.owner, close: () => route.close() };
}

interface Route {
  readonly owner: boolean;
  readonly handle: SdkRequestHandler['handle'];
  readonly close: () => Promise<void>;
}

async function findRoute(home: Home, accessKeyId: string, when: 'start' | 'takeover'): Promise<Route> {
  const start = systemClock.nowMs();
  for (;;) {
    const isLate = systemClock.nowMs() - start > JOIN_PATIENCE_MS;
    const lock = acquireLock(home.path);
    if ('heldBy' in lock) {
      const address = readAddress(home);
      if (address !== undefined && address.pid === lock.heldBy.pid) return joinedRoute(address.port);
      if (isLate) throw stillLocked(home, lock.heldBy.pid);
    } else {
      if (when === 'takeover') refuseWithoutData(home, () => lock.release());
      const own = await ownRoute(home, accessKeyId, { isLate, release: () => lock.release() });
      if (own !== undefined) return own;
    }
    await systemClock.sleep(25);
  }
}

function stillLocked(home: Home, pid: number): RuntimeError {
  return new RuntimeError('STATE_LOCKED', {
    message: `process ${pid} holds the data folder and does not answer`,
    where: home.path,
    fix: 'wait for it to end, or use another INFRAFABRIC_HOME',
  });
}

/** A database that was in use is never made anew in the middle. @throws RuntimeError `STATE_LOST`. */
function refuseWithoutData({ database }: Home, release: () => void): void {
  if (existsSync(database)) return;
  release();
  throw new RuntimeError('STATE_LOST', {
    message: 'the database that sessions, tasks and messages were in is not there any more',
    where: database,
    fix: 'put it back, or start again: a new command makes a new one',
  });
}

/**
 * The route of a new owner. `undefined` where a process that is dying has let go of the folder and not yet of the database: the
 * kernel closes its files one by one. Whoever cannot own lets go as well, so that others may try.
 */
async function ownRoute(
  home: Home,
  accessKeyId: string,
  { isLate, release }: { readonly isLate: boolean; readonly release: () => void },
): Promise<Route | undefined> {
  try {
    return await serveDatabase(home, accessKeyId, release);
  } catch (error) {
    release();
    if (!isLate && error instanceof AwsLocalError && error.code === 'LOCKED') return undefined;
    throw error;
  }
}

async function serveDatabase(home: Home, accessKeyId: string, release: () => void): Promise<Route> {
  const aws: AwsLocal = openAwsLocal({ file: home.database });
  const server = await aws.listen({ accessKeyId }).catch(async (error: unknown) => {
    await aws.close();
    throw error;
  });
  writeAddress(home, { port: server.port, pid: process.pid, access_key_id: accessKeyId });
  const handler = aws.requestHandler();
  return {
    owner: true,
    handle: (request, options) => handler.handle(request, options),
    async close() {
      await server.close();
      await aws.close();
      release();
    },
  };
}

function joinedRoute(port: number): Route {
  const http = new NodeHttpHandler({ connectionTimeout: 2_000 });
  return {
    owner: false,
    handle(request, options) {
      request.protocol = 'http:';
      request.hostname = '127.0.0.1';
      request.port = port;
      request.headers['host'] = `127.0.0.1:${port}`;
      return http.handle(
        request,
        options?.abortSignal instanceof AbortSignal ? { abortSignal: options.abortSignal } : {},
      );
    },
    close: () => Promise.resolve(http.destroy()),
  };
}

function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'].includes(String(error.code))
  );
}
