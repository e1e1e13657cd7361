import { randomUUID } from 'node:crypto';
import { type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { BusError } from '../errors.ts';

/** A message as a job carries it; why it is there only behind a dead-letter queue. */
export interface Carried {
  readonly body: string;
  readonly code?: string;
  readonly detail?: string;
  readonly receives?: number;
}

/** A job in hand: locked under a token of its own. */
export interface Held {
  readonly job: Job<Carried>;
  readonly token: string;
}

/** One BullMQ queue, fetched from by hand. Times are of the clock of this process. */
export interface BullmqQueue {
  /** Without places messages come in their order, before all that have one. */
  put(messages: readonly Carried[], places?: readonly number[]): Promise<void>;
  /** The lowest place that waits, if one does. */
  lowestPlace(): Promise<number | undefined>;
  /** One job that waits or whose delay is over, or nothing; hidden until its lock ends. */
  take(): Promise<Held | undefined>;
  /** Removes a held job; one that is not held any more is left to who holds it. */
  remove(held: Held): Promise<void>;
  /** Gives a held job back after a while. */
  delay(held: Held, untilMs: number): Promise<void>;
  /** False when it is not held any more. */
  extend(held: Held, ms: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Where a queue is and how long a job stays locked. */
export interface BullmqQueueOptions {
  readonly name: string;
  readonly prefix: string;
  /** Refuses at once while Redis is away. */
  readonly producing: Redis;
  /** Waits while Redis is away. */
  readonly consuming: Redis;
  readonly visibilityMs: number;
  /** How often jobs are looked for whose lock has ended; it takes two looks. */
  readonly stalledMs: number;
}

/** A lost lock sends a job back as often as it happens: the receive count decides, not BullMQ. */
const EVERY_STALL = Number.MAX_SAFE_INTEGER;

/** What BullMQ answers about a job that this holder has no longer (error codes of bullmq 6.7.0: absent, unlocked, moved, locked by another). */
const GONE = new Set<unknown>([-1, -2, -3, -6]);

/** Opens a queue. Nothing is fetched until `take`; lost locks are watched from the first one on. */
export function bullmqQueue(options: BullmqQueueOptions): BullmqQueue {
  const { name, prefix } = options;
  const queue = new Queue<Carried>(name, { prefix, connection: options.producing, skipMetasUpdate: true });
  queue.on('error', ignored);
  let worker: Worker<Carried> | undefined;
  const consumer = (): Worker<Carried> => (worker ??= consumerOf(options));
  return {
    async put(messages, places) {
      // BullMQ would wait for Redis for as long as it takes.
      if (options.producing.status !== 'ready') throw unavailable(name, new Error(options.producing.status));
      const opts = (at: number) => ({ removeOnComplete: true, removeOnFail: true, priority: places?.[at] ?? 0 });
      await translated(name, queue.addBulk(messages.map((data, at) => ({ name: 'message', data, opts: opts(at) }))));
    },
    async lowestPlace() {
      if (options.producing.status !== 'ready') return undefined;
      const [first] = await translated(name, queue.getPrioritized(0, 0));
      return first?.priority;
    },
    async take() {
      const token = randomUUID();
      const job = await translated(name, consumer().getNextJob(token, { block: false }));
      return job === undefined ? undefined : { job, token };
    },
    async remove({ job, token }) {
      await unlessGone(name, job.moveToCompleted(undefined, token, false));
    },
    async delay({ job, token }, untilMs) {
      await unlessGone(name, job.moveToDelayed(untilMs, token));
    },
    async extend({ job, token }, ms) {
      return (await unlessGone(name, job.extendLock(token, ms))) === 1;
    },
    async close() {
      await Promise.all([worker?.close(), queue.close()]);
    },
  };
}

function consumerOf({ name, prefix, consuming, visibilityMs, stalledMs }: BullmqQueueOptions): Worker<Carried> {
  const worker = new Worker<Carried>(name, null, {
    prefix,
    connection: consuming,
    autorun: false,
    lockDuration: visibilityMs,
    stalledInterval: stalledMs,
    maxStalledCount: EVERY_STALL,
  });
  worker.on('error', ignored);
  void worker.startStalledCheckTimer();
  return worker;
}

/** Failures of a call are thrown by the call; the event tells of them a second time. */
const ignored = (): void => undefined;

/** What a call answers; nothing when the job is not held any more. */
async function unlessGone<Answer>(where: string, asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && GONE.has(cause.code)) return undefined;
    throw unavailable(where, cause);
  }
}

async function translated<Answer>(where: string, asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (cause) {
    throw unavailable(where, cause);
  }
}

/** Redis is away or says no; what it will say in a moment nobody knows. */
function unavailable(where: string, cause: unknown): BusError {
  const got = cause instanceof Error ? cause.message : typeof cause;
  return new BusError('UNAVAILABLE', { message: `expected an answer of Redis, got ${got}`, where, cause });
}
