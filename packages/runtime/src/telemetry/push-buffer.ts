import type { Clock } from '@infrafabric/protocol';

/** Things that are sent in batches: now and then, when there are many, and when asked. */
export interface PushBuffer<T> {
  readonly add: (...items: readonly T[]) => void;
  /** Resolves when everything added so far was sent or given up. */
  readonly flush: () => Promise<void>;
  /** Flushes and stops. */
  readonly close: () => Promise<void>;
}

/** How a buffer sends. */
export interface PushOptions<T> {
  readonly clock: Clock;
  /** Items of one call. */
  readonly batch: number;
  readonly send: (items: readonly T[]) => Promise<void>;
  /** Hears of a batch that was lost; a session does not end for want of its metrics. */
  readonly onLost: (items: number, error: unknown) => void;
}

/** How long an item waits for company. */
const LINGER_MS = 2_000;

/** Items waiting while nothing can be sent; the oldest go first. */
const MAX_WAITING = 50_000;

/** Opens a buffer that sends in the order things were added. */
export function openPushBuffer<T>({ clock, batch, send, onLost }: PushOptions<T>): PushBuffer<T> {
  const closed = new AbortController();
  let waiting: T[] = [];
  let sending: Promise<void> = Promise.resolve();
  let lingering = false;
  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const items = waiting.splice(0, batch);
      await send(items).catch((error: unknown) => onLost(items.length, error));
    }
  };
  const flush = (): Promise<void> => (sending = sending.then(sendAll));
  const linger = async (): Promise<void> => {
    lingering = true;
    await clock.sleep(LINGER_MS, closed.signal);
    lingering = false;
    if (!closed.signal.aborted) await flush();
  };
  return {
    add(...items) {
      waiting.push(...items);
      if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING);
      if (!lingering) void linger();
    },
    flush,
    async close() {
      closed.abort();
      await flush();
    },
  };
}
