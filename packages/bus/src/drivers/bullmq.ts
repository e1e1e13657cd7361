import { type Clock, Role } from '@infrafabric/protocol';
import type { Redis } from 'ioredis';
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
import { BusError } from '../errors.ts';
import { closed, roleUnknown, tooLarge } from '../refusals.ts';
import { type BullmqQueue, type Carried, bullmqQueue, type Held } from './bullmq-queue.ts';
import { openTurns, type Turns } from './bullmq-turns.ts';
import { type Wakes, openWakes } from './redis-wakes.ts';

/** Options of the BullMQ driver: two queues a role, one of them for dead letters, in one Redis. */
export interface BullmqOptions {
  /** Opens one more connection; `producing` ones must refuse at once while Redis is away. */
  readonly connect: (use: 'producing' | 'consuming') => Redis;
  /** Begins every key; installations that share a Redis differ in it. */
  readonly prefix: string;
  readonly clock: Clock;
  /** Roles that have a queue; every role by default. */
  readonly roles?: readonly Role[] | undefined;
  /** Milliseconds a delivery stays hidden; 30,000 by default. */
  readonly visibilityMs?: number | undefined;
  /** How often lost deliveries are looked for; 5,000 ms by default. */
  readonly stalledMs?: number | undefined;
}

interface Queues {
  readonly live: BullmqQueue;
  /** Orders wait for a worker, and the sessions they are of in turn; answers are heard as they come. */
  readonly turns: Turns | undefined;
  readonly dead: BullmqQueue;
}

/** A delayed message becomes visible without a sign; who waits looks this often. */
const LOOK_MS = 1_000;

/** The bus on Redis: at least once, as long as Redis keeps what it acknowledged (`appendonly yes`, `maxmemory-policy noeviction`). */
export function bullmqBus(options: BullmqOptions): BusDriver {
  const { clock, prefix, roles = Role.options, visibilityMs = VISIBILITY_MS, stalledMs = 5_000 } = options;
  const producing = options.connect('producing');
  const consuming = options.connect('consuming');
  const wakes = openWakes(producing, () => options.connect('consuming'), prefix);
  const open = (name: string): BullmqQueue =>
    bullmqQueue({ name, prefix, producing, consuming, visibilityMs, stalledMs });
  const queues = new Map<Role, Queues>(roles.map((role) => [role, openQueues(role, open)]));
  const closing = new AbortController();
  const hand = inHand(() => {
    producing.disconnect();
    consuming.disconnect();
  });

  const queuesOf = (role: Role): Queues => {
    const found = queues.get(role);
    if (found === undefined) throw roleUnknown(role);
    return found;
  };
  const takeFrom = async (place: Place, asked: ReceiveOptions): Promise<Held[]> => {
    if (closing.signal.aborted) throw closed();
    const signals = asked.signal === undefined ? [closing.signal] : [closing.signal, asked.signal];
    const held = await waitFor(place, { ...asked, signal: AbortSignal.any(signals) }, clock);
    for (const one of held) hand.add(one);
    return held;
  };

  return {
    publish: async (batch) =>
      closing.signal.aborted ? batch.map(() => refused(closed())) : publishTo(queues, batch, wakes),
    async receive(role, asked) {
      const both = queuesOf(role);
      const held = await takeFrom({ queue: both.live, wakes, role }, asked);
      for (const one of held.filter(isSpent)) await hand.settle(one, giveUp(one, both));
      return held.filter((one) => !isSpent(one)).map((one) => deliveryOf(one, both, { clock, hand }));
    },
    async receiveDead(role, asked) {
      const { dead } = queuesOf(role);
      const held = await takeFrom({ queue: dead, wakes, role }, asked);
      return held.map((one) => deadLetterOf(one, dead, { clock, hand }));
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      await wakes.close();
      await Promise.all([...queues.values()].flatMap(({ live, dead }) => [live.close(), dead.close()]));
      hand.close();
    },
  };
}

function openQueues(role: Role, open: (name: string) => BullmqQueue): Queues {
  return { live: open(role), dead: open(`${role}-dead`), turns: role === 'coordinator' ? undefined : openTurns() };
}

/** One call a role; a role whose call failed takes no other with it. */
async function publishTo(
  queues: ReadonlyMap<Role, Queues>,
  batch: readonly Outgoing[],
  wakes: Wakes,
): Promise<PublishOutcome[]> {
  const refusals = batch.map(({ body, role }) => {
    const bytes = Buffer.byteLength(body);
    if (!queues.has(role)) return refused(roleUnknown(role));
    return bytes > MAX_MESSAGE_BYTES ? refused(tooLarge(bytes)) : undefined;
  });
  const byRole = new Map<Role, Promise<PublishOutcome>>();
  for (const [role, both] of queues) {
    const messages = batch.filter((message, at) => message.role === role && refusals[at] === undefined);
    if (messages.length > 0)
      byRole.set(
        role,
        publishAll(both, messages, async () => wakes.wake(role)),
      );
  }
  return Promise.all(batch.map(async ({ role }, at) => refusals[at] ?? byRole.get(role) ?? refused(roleUnknown(role))));
}

const refused = (error: BusError): PublishOutcome => ({ published: false, error });

async function publishAll(
  { live, turns }: Queues,
  messages: readonly Outgoing[],
  wake: () => Promise<void>,
): Promise<PublishOutcome> {
  try {
    const sessions = messages.map(({ session }) => session);
    const places = turns?.places(sessions, await live.lowestPlace());
    await live.put(
      messages.map(({ body }) => ({ body })),
      places,
    );
    await wake();
    return { published: true };
  } catch (error) {
    if (error instanceof BusError) return { published: false, error };
    throw error;
  }
}

/** A queue to wait at, and who tells that something came. */
interface Place {
  readonly queue: BullmqQueue;
  readonly wakes: Wakes;
  readonly role: Role;
}

async function waitFor(place: Place, { max, waitMs, signal }: ReceiveOptions, clock: Clock): Promise<Held[]> {
  const endMs = clock.nowMs() + waitMs;
  for (;;) {
    const woken = place.wakes.next(place.role);
    const held = signal?.aborted === true ? [] : await takeUpTo(max, place.queue);
    const leftMs = endMs - clock.nowMs();
    if (held.length > 0 || leftMs <= 0 || signal?.aborted === true) return held;
    const stop = new AbortController();
    const signals = signal === undefined ? [stop.signal] : [stop.signal, signal];
    await Promise.race([clock.sleep(Math.min(leftMs, LOOK_MS), AbortSignal.any(signals)), woken]);
    stop.abort();
  }
}

async function takeUpTo(max: number, queue: BullmqQueue): Promise<Held[]> {
  const held: Held[] = [];
  while (held.length < max) {
    const one = await queue.take();
    if (one === undefined) break;
    held.push(one);
  }
  return held;
}

/** What was handed out and is not settled; the connections end with the last of it. */
interface InHand {
  add(held: Held): void;
  settle<Answer>(held: Held, settling: Promise<Answer>): Promise<Answer>;
  close(): void;
}

function inHand(disconnect: () => void): InHand {
  const held = new Set<Held>();
  let isClosing = false;
  const disconnectWhenDone = (): void => {
    if (isClosing && held.size === 0) disconnect();
  };
  return {
    add: (one) => void held.add(one),
    async settle(one, settling) {
      const answer = await settling;
      if (held.delete(one)) disconnectWhenDone();
      return answer;
    },
    close() {
      isClosing = true;
      disconnectWhenDone();
    },
  };
}

interface Settling {
  readonly clock: Clock;
  readonly hand: InHand;
}

function deliveryOf(held: Held, both: Queues, { clock, hand }: Settling): Delivery {
  const { body } = held.job.data;
  return {
    body,
    receiveCount: held.job.attemptsStarted,
    ack: async () => hand.settle(held, both.live.remove(held)),
    retryAfter: async (ms) => hand.settle(held, both.live.delay(held, clock.nowMs() + ms)),
    deadLetter: async (code, detail) =>
      hand.settle(
        held,
        bury(held, both, { body, code, detail: detail.slice(0, 1_000), receives: held.job.attemptsStarted }),
      ),
    extend: async (ms) => both.live.extend(held, ms),
  };
}

const isSpent = ({ job }: Held): boolean => job.attemptsStarted > MAX_RECEIVES;

const giveUp = async (held: Held, both: Queues): Promise<void> =>
  bury(held, both, { body: held.job.data.body, code: 'RECEIVE_COUNT', detail: '', receives: MAX_RECEIVES });

/** Behind the queue first, then out of it: a crash between leaves it in both, never in none. */
async function bury(held: Held, { live, dead }: Queues, letter: Required<Carried>): Promise<void> {
  await dead.put([letter]);
  await live.remove(held);
}

function deadLetterOf(held: Held, dead: BullmqQueue, { clock, hand }: Settling): DeadLetter {
  const { body, code = 'RECEIVE_COUNT', detail = '', receives = MAX_RECEIVES } = held.job.data;
  return {
    body,
    code,
    detail,
    receives,
    ack: async () => hand.settle(held, dead.remove(held)),
    retryAfter: async (ms) => hand.settle(held, dead.delay(held, clock.nowMs() + ms)),
  };
}
