import type { Clock } from '@infrafabric/protocol';

/** A clock that stands still until the test moves it. */
export interface ManualClock extends Clock {
  /** Moves time forward, ends the sleeps that are due in their order, and lets what they started run. */
  advance(ms: number): Promise<void>;
}

/** A manual clock; starts at 2026-11-20T00:00:00Z unless told. */
export function manualClock(startMs: number = Date.UTC(2026, 10, 20)): ManualClock {
  let nowMs = startMs;
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();

  return {
    nowMs: () => nowMs,
    async sleep(ms, signal) {
      if (signal?.aborted === true) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = (): void => resolve();
      const sleeper = { untilMs: nowMs + ms, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
      await promise;
      signal?.removeEventListener('abort', wake);
      sleepers.delete(sleeper);
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        await turns();
        const due = [...sleepers].filter(({ untilMs }) => untilMs <= endMs).sort((a, b) => a.untilMs - b.untilMs)[0];
        if (due === undefined) break;
        nowMs = Math.max(nowMs, due.untilMs);
        sleepers.delete(due);
        due.wake();
      }
      nowMs = endMs;
      await turns();
    },
  };
}

/** Lets promises and immediates that are ready run. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
