import { MAX_RECEIVES, VISIBILITY_MS } from '@infrafabric/bus';
import type { EnqueueEntry } from '@infrafabric/history-checker';
import type { Role } from '@infrafabric/protocol';
import type { Chance } from './chance.ts';
import type { EventClock } from './event-clock.ts';
import type { World } from './world.ts';

/** A copy of a message in a queue. */
export interface Stored {
  readonly id: string;
  readonly body: string;
  receiveCount: number;
  visibleAtMs: number;
}

/** A copy in somebody's hands; the receive count makes the receipt his. */
export interface Held {
  readonly queue: Role;
  readonly message: Stored;
  readonly receiveCount: number;
}

/** A copy in a dead-letter queue. */
export interface Dead {
  readonly id: string;
  readonly body: string;
  readonly code: string;
  readonly detail: string;
  readonly receives: number;
  visibleAtMs: number;
}

/** Queues with the semantics of SQS standard queues: any order, hidden while in hand, given up after ten receives. */
export interface Queues {
  readonly put: (
    queue: Role,
    body: string,
    how: { readonly origin: EnqueueEntry['origin']; readonly delayMs: number },
  ) => void;
  /** Hands out up to `max` visible messages as soon as there is one, to whoever still `listens`; nothing after `waitMs`. */
  readonly take: (queue: Role, asked: Asked) => Promise<Held[]>;
  readonly isHeld: (held: Held) => boolean;
  /** Sets when a message in hand is visible again; false when it is not in hand any more. */
  readonly hideFor: (held: Held, ms: number) => boolean;
  readonly delete: (held: Held) => boolean;
  readonly bury: (held: Held, code: string, detail: string) => boolean;
  readonly dead: (queue: Role) => Set<Dead>;
  readonly live: (queue: Role) => ReadonlyMap<string, Stored>;
}

interface Asked {
  readonly max: number;
  readonly waitMs: number;
  readonly by: string;
  readonly listens: () => boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting extends Asked {
  readonly give: (held: Held[]) => void;
}

interface Queue {
  readonly live: Map<string, Stored>;
  readonly dead: Set<Dead>;
  readonly waiting: Set<Waiting>;
}

/** Opens empty queues. */
export function openQueues({
  clock,
  chance,
  record,
}: {
  clock: EventClock;
  chance: Chance;
  record: World['record'];
}): Queues {
  const queues = new Map<Role, Queue>();
  let copies = 0;
  const of = (role: Role): Queue => {
    let queue = queues.get(role);
    if (queue === undefined) queues.set(role, (queue = { live: new Map(), dead: new Set(), waiting: new Set() }));
    return queue;
  };
  const bury = ({ queue, message, receiveCount }: Held, code: string, detail: string): void => {
    of(queue).live.delete(message.id);
    of(queue).dead.add({
      id: message.id,
      body: message.body,
      code,
      detail,
      receives: receiveCount,
      visibleAtMs: clock.nowMs(),
    });
  };
  const handOut = (role: Role, max: number, by: string): Held[] => {
    const { live } = of(role);
    const visible = [...live.values()].filter((message) => message.visibleAtMs <= clock.nowMs());
    const held: Held[] = [];
    while (held.length < max && visible.length > 0) {
      const [message] = visible.splice(chance.int(`${role} order`, visible.length), 1);
      if (message === undefined) break;
      const one = { queue: role, message, receiveCount: (message.receiveCount += 1) };
      message.visibleAtMs = clock.nowMs() + VISIBILITY_MS;
      if (one.receiveCount > MAX_RECEIVES) {
        bury(one, 'RECEIVE_COUNT', '');
        record({
          kind: 'delivery',
          op: 'dead-letter',
          by: 'queue',
          outcome: 'ok',
          code: 'RECEIVE_COUNT',
          ...nameOf(one),
        });
        continue;
      }
      record({ kind: 'delivery', op: 'deliver', by, outcome: 'ok', ...nameOf(one) });
      serveAt(role, message.visibleAtMs);
      held.push(one);
    }
    return held;
  };
  const serve = (role: Role): void => {
    const { waiting } = of(role);
    for (const one of waiting) {
      if (!one.listens()) waiting.delete(one);
      else {
        const held = handOut(role, one.max, one.by);
        if (held.length === 0) return;
        waiting.delete(one);
        one.give(held);
      }
    }
  };
  const serveAt = (role: Role, atMs: number): void => void clock.after(atMs - clock.nowMs(), () => serve(role));
  const isHeld = ({ queue, message, receiveCount }: Held): boolean =>
    of(queue).live.has(message.id) && message.receiveCount === receiveCount;
  const hideFor = (held: Held, ms: number): boolean => {
    if (!isHeld(held)) return false;
    held.message.visibleAtMs = clock.nowMs() + ms;
    serveAt(held.queue, held.message.visibleAtMs);
    return true;
  };
  return {
    isHeld,
    hideFor,
    put(role, body, { origin, delayMs }) {
      const id = `m-${(copies += 1)}`;
      of(role).live.set(id, { id, body, receiveCount: 0, visibleAtMs: clock.nowMs() + delayMs });
      record({ kind: 'enqueue', queue: role, message: id, body, origin });
      serveAt(role, clock.nowMs() + delayMs);
    },
    async take(role, asked) {
      const now = handOut(role, asked.max, asked.by);
      if (now.length > 0 || asked.waitMs === 0 || asked.signal?.aborted === true) return now;
      const { promise, resolve } = Promise.withResolvers<Held[]>();
      const waiting: Waiting = { ...asked, give: resolve };
      const leave = (): void => {
        of(role).waiting.delete(waiting);
        resolve([]);
      };
      of(role).waiting.add(waiting);
      clock.after(asked.waitMs, leave);
      asked.signal?.addEventListener('abort', leave, { once: true });
      const held = await promise;
      asked.signal?.removeEventListener('abort', leave);
      return held;
    },
    delete: (held) => isHeld(held) && of(held.queue).live.delete(held.message.id),
    bury(held, code, detail) {
      if (!isHeld(held)) return false;
      bury(held, code, detail);
      return true;
    },
    dead: (role) => of(role).dead,
    live: (role) => of(role).live,
  };
}

/** How a history names what is in hand. */
export const nameOf = ({
  queue,
  message,
  receiveCount,
}: Held): { queue: Role; message: string; receive_count: number } => ({
  queue,
  message: message.id,
  receive_count: receiveCount,
});
