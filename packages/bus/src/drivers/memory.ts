import { type Clock, Role } from '@infrafabric/protocol';
import {
  type BusDriver,
  type DeadLetter,
  type Delivery,
  MAX_MESSAGE_BYTES,
  MAX_RECEIVES,
  type Outgoing,
  type PublishOutcome,
  type ReceiveOptions,
  VISIBILITY_MS,
} from '../bus-driver.ts';
import { closed, roleUnknown, tooLarge } from '../refusals.ts';
import { type Held, type MemoryQueue, memoryQueue } from './memory-queue.ts';

/** Options of the memory driver. */
export interface MemoryBusOptions {
  readonly clock: Clock;
  /** Roles that have a queue; every role by default. */
  readonly roles?: readonly Role[] | undefined;
  /** Milliseconds a delivery stays hidden; 30,000 by default. */
  readonly visibilityMs?: number | undefined;
}

interface Queues {
  readonly live: MemoryQueue;
  readonly dead: MemoryQueue;
}

/** A bus inside one process, for tests and simulation: the semantics of the SQS driver without its durability. */
export function memoryBus(options: MemoryBusOptions): BusDriver {
  const { clock, visibilityMs = VISIBILITY_MS } = options;
  const queues = new Map<Role, Queues>(
    (options.roles ?? Role.options).map((role) => [role, { live: memoryQueue(), dead: memoryQueue() }]),
  );
  const closing = new AbortController();

  const queuesOf = (role: Role): Queues => {
    const found = queues.get(role);
    if (found === undefined) throw roleUnknown(role);
    return found;
  };
  const takeFrom = async (queue: MemoryQueue, asked: ReceiveOptions): Promise<Held[]> => {
    if (closing.signal.aborted) throw closed();
    const signals = asked.signal === undefined ? [closing.signal] : [closing.signal, asked.signal];
    return await waitFor(queue, { ...asked, signal: AbortSignal.any(signals) }, { clock, visibilityMs });
  };

  return {
    async publish(batch) {
      return batch.map((message) => put(message, queues.get(message.role)?.live));
    },
    async receive(role, asked) {
      const both = queuesOf(role);
      const held = await takeFrom(both.live, asked);
      for (const one of held.filter(isSpent)) giveUp(one, both, clock);
      return held.filter((one) => !isSpent(one)).map((one) => deliveryOf(one, both, clock));
    },
    async receiveDead(role, asked) {
      const { dead } = queuesOf(role);
      const held = await takeFrom(dead, asked);
      return held.map((one) => deadLetterOf(one, dead, clock));
    },
    async close() {
      closing.abort();
    },
  };

  function put(message: Outgoing, queue: MemoryQueue | undefined): PublishOutcome {
    if (closing.signal.aborted) return { published: false, error: closed() };
    if (queue === undefined) return { published: false, error: roleUnknown(message.role) };
    const bytes = Buffer.byteLength(message.body);
    if (bytes > MAX_MESSAGE_BYTES) return { published: false, error: tooLarge(bytes) };
    queue.put({ body: message.body, code: '', detail: '', receives: 0 }, clock.nowMs());
    return { published: true };
  }
}

async function waitFor(
  queue: MemoryQueue,
  { max, waitMs, signal }: ReceiveOptions,
  { clock, visibilityMs }: { clock: Clock; visibilityMs: number },
): Promise<Held[]> {
  const endMs = clock.nowMs() + waitMs;
  for (;;) {
    const nowMs = clock.nowMs();
    const held = signal?.aborted === true ? [] : queue.take(max, nowMs, visibilityMs);
    if (held.length > 0 || nowMs >= endMs || signal?.aborted === true) return held;
    await pause(queue, endMs, clock, signal);
  }
}

async function pause(queue: MemoryQueue, endMs: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  const woken = new AbortController();
  const signals = signal === undefined ? [woken.signal] : [woken.signal, signal];
  const untilMs = Math.min(endMs, queue.nextVisibleAtMs() ?? endMs);
  const asleep = clock.sleep(Math.max(0, untilMs - clock.nowMs()), AbortSignal.any(signals));
  await Promise.race([asleep, queue.changed()]);
  woken.abort();
}

function deliveryOf(held: Held, { live, dead }: Queues, clock: Clock): Delivery {
  return {
    body: held.message.body,
    receiveCount: held.receiveCount,
    async ack() {
      live.delete(held);
    },
    async retryAfter(ms) {
      live.hideUntil(held, clock.nowMs() + ms);
    },
    async deadLetter(code, detail) {
      const { body } = held.message;
      const letter = { body, code, detail: detail.slice(0, 1_000), receives: held.receiveCount };
      if (live.delete(held)) dead.put(letter, clock.nowMs());
    },
    extend: async (ms) => live.hideUntil(held, clock.nowMs() + ms),
  };
}

const isSpent = (held: Held): boolean => held.receiveCount > MAX_RECEIVES;

function giveUp(held: Held, { live, dead }: Queues, clock: Clock): void {
  live.delete(held);
  const { body } = held.message;
  dead.put({ body, code: 'RECEIVE_COUNT', detail: '', receives: MAX_RECEIVES }, clock.nowMs());
}

function deadLetterOf(held: Held, dead: MemoryQueue, clock: Clock): DeadLetter {
  return {
    body: held.message.body,
    code: held.message.code,
    detail: held.message.detail,
    receives: held.message.receives,
    async ack() {
      dead.delete(held);
    },
    async retryAfter(ms) {
      dead.hideUntil(held, clock.nowMs() + ms);
    },
  };
}
