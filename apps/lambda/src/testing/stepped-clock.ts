import type { Clock } from '@infrafabric/protocol';

/** The machine's clock, which a test can put forward. */
export interface SteppedClock extends Clock {
  /** Puts the clock forward; nobody sleeps through it. */
  readonly skip: (ms: number) => void;
}

/** A clock that runs with the machine's, ahead by what was skipped. */
export function steppedClock(): SteppedClock {
  let aheadMs = 0;
  return {
    nowMs: () => Date.now() + aheadMs,
    skip: (ms) => void (aheadMs += ms),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      }),
  };
}
