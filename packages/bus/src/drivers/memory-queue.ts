/** A message as it comes; why it is there only behind a dead-letter queue. */
interface Carried {
  readonly body: string;
  readonly code: string;
  readonly detail: string;
  readonly receives: number;
}

/** A message as a memory queue keeps it. */
interface Stored extends Carried {
  readonly id: number;
  receiveCount: number;
  visibleAtMs: number;
}

/** What a consumer holds: the message and the receive count that makes its claim on it unique. */
export interface Held {
  readonly message: Stored;
  readonly receiveCount: number;
}

/** One queue with visibility timeouts; time comes in with each call. */
export interface MemoryQueue {
  put(message: Carried, nowMs: number): void;
  /** Hands out up to `max` visible messages, hidden until `nowMs + visibilityMs`. */
  take(max: number, nowMs: number, visibilityMs: number): Held[];
  /** Whether the holder still has the message: not settled, not handed out again. */
  isHeld(held: Held): boolean;
  /** Sets when a held message is visible again; false when it is not held. */
  hideUntil(held: Held, visibleAtMs: number): boolean;
  /** Deletes a held message; false when it is not held. */
  delete(held: Held): boolean;
  /** When the next hidden message becomes visible. */
  nextVisibleAtMs(): number | undefined;
  /** Resolves when something was put or made visible earlier. */
  changed(): Promise<void>;
}

/** An empty queue. */
export function memoryQueue(): MemoryQueue {
  const messages = new Map<number, Stored>();
  let nextId = 0;
  let waiting = Promise.withResolvers<void>();

  const wake = (): void => {
    waiting.resolve();
    waiting = Promise.withResolvers<void>();
  };
  const isHeld = ({ message, receiveCount }: Held): boolean =>
    messages.has(message.id) && message.receiveCount === receiveCount;

  return {
    put(message, nowMs) {
      const id = nextId++;
      messages.set(id, { ...message, id, receiveCount: 0, visibleAtMs: nowMs });
      wake();
    },
    take(max, nowMs, visibilityMs) {
      const visible = firstVisible(messages.values(), max, nowMs);
      return visible.map((message) => {
        message.receiveCount += 1;
        message.visibleAtMs = nowMs + visibilityMs;
        return { message, receiveCount: message.receiveCount };
      });
    },
    isHeld,
    hideUntil(held, visibleAtMs) {
      if (!isHeld(held)) return false;
      held.message.visibleAtMs = visibleAtMs;
      wake();
      return true;
    },
    delete(held) {
      return isHeld(held) && messages.delete(held.message.id);
    },
    nextVisibleAtMs() {
      return messages.size === 0 ? undefined : Math.min(...messages.values().map((message) => message.visibleAtMs));
    },
    changed: () => waiting.promise,
  };
}

function firstVisible(messages: Iterable<Stored>, max: number, nowMs: number): Stored[] {
  const visible: Stored[] = [];
  for (const message of messages) {
    if (visible.length === max) break;
    if (message.visibleAtMs <= nowMs) visible.push(message);
  }
  return visible;
}
