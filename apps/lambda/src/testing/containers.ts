import { Worker } from 'node:worker_threads';
import { openDeployedHost } from '@infrafabric/runtime/deployed/api';
import { coordinatorFunction } from '@infrafabric/runtime/deployed/coordinator';
import { startFunction } from '@infrafabric/runtime/deployed/start';
import { sweeperFunction } from '@infrafabric/runtime/deployed/sweeper';
import { workerFunction } from '@infrafabric/runtime/deployed/worker';
import { WorkerRole } from '@infrafabric/protocol';
import type { LambdaName } from '@infrafabric/runtime/lambda-functions';
import { apiHandler } from '../api-handler.ts';
import { queueHandler } from '../queue-handler.ts';
import { startHandler } from '../start-handler.ts';

/** One execution environment of a function. */
export interface Container {
  /** Invokes the handler; rejects with what it throws, or when the container dies. */
  readonly invoke: (event: unknown, remainingMs: number) => Promise<unknown>;
  /** Ends it at once, whatever it is doing. */
  readonly kill: () => Promise<void>;
}

/** Starts a container of a function with the environment its deployment gives it. */
export type StartContainer = (name: LambdaName, environment: Readonly<Record<string, string>>) => Container;

/** The handlers as they stand in the source, in this process. They cannot be killed. */
export const sourceContainer: StartContainer = (name, environment) => {
  const handler = sourceHandler(name, environment);
  return {
    invoke: async (event, remainingMs) => handler(event, { getRemainingTimeInMillis: () => remainingMs }),
    kill: async () => undefined,
  };
};

function sourceHandler(name: LambdaName, environment: Readonly<Record<string, string>>) {
  if (name === 'api') return apiHandler(async () => openDeployedHost(environment));
  if (name === 'coordinator') return queueHandler(coordinatorFunction(environment));
  if (name === 'start') return startHandler(startFunction(environment));
  if (name === 'sweeper') return sweeperFunction(environment);
  return queueHandler(workerFunction(WorkerRole.parse(name), environment));
}

/** Bundles in threads of their own: each has its own modules and environment, and can be killed in the middle of its work. */
export function bundleContainer(dist: string, hear: (name: LambdaName, line: string) => void): StartContainer {
  return (name, environment) => {
    const thread = new Worker(new URL('./container-child.ts', import.meta.url), {
      env: { ...environment },
      workerData: { entry: `${dist}/${name}/index.mjs` },
      stdout: true,
    });
    thread.stdout.on('data', (text: Buffer) => hear(name, text.toString()));
    const waiting = new Map<number, PromiseWithResolvers<unknown>>();
    let invocations = 0;
    thread.on('message', ({ id, answer, failure }: { id: number; answer?: unknown; failure?: string }) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) asked?.resolve(answer);
      else asked?.reject(new Error(failure));
    });
    const die = (reason: unknown): void => {
      for (const asked of waiting.values()) asked.reject(new Error(`${name} died: ${String(reason)}`));
      waiting.clear();
    };
    thread.on('error', die);
    thread.on('exit', die);
    return {
      invoke: async (event, remainingMs) => {
        const id = (invocations += 1);
        const asked = Promise.withResolvers<unknown>();
        waiting.set(id, asked);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        thread.postMessage({ id, event, remainingMs });
        return asked.promise;
      },
      kill: async () => void (await thread.terminate()),
    };
  };
}
