import { parentPort, workerData } from 'node:worker_threads';

/** Runs the handler of one bundle for its parent, as Lambda runs it for its service. */
const { entry } = workerData as { entry: string };
const { handler } = (await import(entry)) as {
  handler: (event: unknown, context: { getRemainingTimeInMillis: () => number }) => Promise<unknown>;
};

parentPort?.on('message', ({ id, event, remainingMs }: { id: number; event: unknown; remainingMs: number }) => {
  const endMs = performance.now() + remainingMs;
  void handler(event, { getRemainingTimeInMillis: () => endMs - performance.now() })
    .then(
      (answer) => ({ id, answer }),
      (error: unknown) => ({ id, failure: String(error) }),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    .then((outcome) => parentPort?.postMessage(outcome));
});
