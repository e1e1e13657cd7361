import {
  BusError,
  VISIBILITY_MS,
  type BusDriver,
  type DeadLetter,
  type Delivery,
  type Outgoing,
  type PublishOutcome,
} from '@infrafabric/bus';
import type { DeliveryEntry } from '@infrafabric/history-checker';
import type { Role } from '@infrafabric/protocol';
import { call } from './call.ts';
import { travel } from './network.ts';
import type { Process } from './process.ts';
import { type Held, nameOf } from './queues.ts';
import type { World } from './world.ts';

/** A driver of the bus, and which delivery its process was last told about. */
export interface BusPort extends BusDriver {
  /** What settling was about that came back last: outcomes are told right after it. */
  readonly settled: () => Held | undefined;
  /** Says which delivery of this process has a body. */
  readonly inHand: (body: string) => Held | undefined;
  /** Puts a text into a queue itself, past the topic. @throws BusError */
  readonly send: (queue: Role, body: string, afterMs: number) => Promise<void>;
}

/** The bus as one process reaches it. */
export function busPort(process: Process, world: World): BusPort {
  const hands = new Map<string, Held>();
  let settled: Held | undefined;
  const settle = async (held: Held, op: Settling, effect: () => boolean): Promise<boolean> => {
    const { name, code, hasOutcome = true } = op;
    const note = (outcome: DeliveryEntry['outcome']): void =>
      world.record({ kind: 'delivery', op: name, by: process.name, outcome, code, ...nameOf(held) });
    try {
      return await call(process, world, {
        point: `bus.${name}`,
        unavailable: away,
        isRepeated: true,
        onLost: () => note('failed'),
        effect(isTold) {
          const isDone = effect();
          note(isDone ? (isTold ? 'ok' : 'lost') : 'stale');
          return isDone;
        },
      });
    } finally {
      if (hasOutcome) settled = held;
    }
  };
  const deliveryOf = (held: Held): Delivery => ({
    body: held.message.body,
    receiveCount: held.receiveCount,
    ack: async () => void (await settle(held, { name: 'delete' }, () => deleted(held, world))),
    retryAfter: async (ms) => void (await settle(held, { name: 'retry' }, () => world.queues.hideFor(held, ms))),
    deadLetter: async (code, detail) =>
      void (await settle(held, { name: 'dead-letter', code }, () => world.queues.bury(held, code, detail))),
    extend: async (ms) => settle(held, { name: 'extend', hasOutcome: false }, () => world.queues.hideFor(held, ms)),
  });
  return {
    settled: () => settled,
    send: async (queue, body, delayMs) =>
      call(process, world, {
        point: 'bus.send',
        unavailable: away,
        isRepeated: true,
        effect: () => world.queues.put(queue, body, { origin: 'publish', delayMs }),
      }),
    inHand: (body) => hands.get(body),
    publish: async (batch) =>
      call(process, world, {
        point: 'bus.publish',
        effect: () => batch.map((message) => publish(message, process, world)),
      }),
    async receive(queue, { max, waitMs, signal }) {
      const held = await call(process, world, {
        point: 'bus.receive',
        unavailable: away,
        effect: async () =>
          world.queues.take(queue, { max, waitMs, signal, by: process.name, listens: process.isAlive }),
      });
      for (const one of held) hands.set(one.message.body, one);
      return held.map(deliveryOf);
    },
    receiveDead: async (queue) => receiveDead(queue, process, world),
    close: async () => undefined,
  };
}

interface Settling {
  readonly name: 'delete' | 'retry' | 'dead-letter' | 'extend';
  readonly code?: string;
  readonly hasOutcome?: boolean;
}

const away = (): BusError => new BusError('UNAVAILABLE', { message: 'the queue did not answer in time' });

/** A topic that gives no answer has taken the message or has not. */
function publish({ body, role }: Outgoing, process: Process, world: World): PublishOutcome {
  const { chance, rate, record } = world;
  const isUnknown = chance.fault('unknown outcome', `${process.name} publish`, rate.unknownOutcome);
  const isTaken = !isUnknown || chance.happens(`${process.name} publish taken`, 0.5);
  record({ kind: 'publish', by: process.name, queue: role, body, outcome: isUnknown ? 'failed' : 'published' });
  if (isTaken) travel(role, body, world);
  return isUnknown ? { published: false, error: away() } : { published: true };
}

/** A message that was deleted may come back once more. */
function deleted(held: Held, world: World): boolean {
  const { chance, rate, queues } = world;
  if (queues.isHeld(held) && chance.fault('comes back', held.queue, rate.resurrect)) {
    return queues.hideFor(held, chance.int(`${held.queue} comes back after`, 20_000));
  }
  return queues.delete(held);
}

/** What was set aside; a letter in hand is hidden for a while. */
async function receiveDead(queue: Role, process: Process, world: World): Promise<DeadLetter[]> {
  const { queues, clock } = world;
  if (queues.dead(queue).size === 0) return [];
  return call(process, world, {
    point: 'bus.receive-dead',
    unavailable: away,
    effect: () =>
      [...queues.dead(queue)]
        .filter(({ visibleAtMs }) => visibleAtMs <= clock.nowMs())
        .slice(0, 10)
        .map((dead) => {
          dead.visibleAtMs = clock.nowMs() + VISIBILITY_MS;
          const act = async (name: string, effect: () => void): Promise<void> =>
            call(process, world, { point: `bus.${name}-dead`, unavailable: away, isRepeated: true, effect });
          return {
            body: dead.body,
            code: dead.code,
            detail: dead.detail,
            receives: dead.receives,
            ack: async () => act('delete', () => void queues.dead(queue).delete(dead)),
            retryAfter: async (ms) => act('retry', () => void (dead.visibleAtMs = clock.nowMs() + ms)),
          };
        }),
  });
}
