import { type Clock, isInfraFabricError, type Role } from '@infrafabric/protocol';
import type { BusDriver, Delivery } from './bus-driver.ts';
import { backoffMs } from './settle.ts';

/** How a queue is drained. */
export interface Draining {
  readonly driver: BusDriver;
  readonly clock: Clock;
  readonly queue: Role;
  readonly signal: AbortSignal;
  /** Deliveries in work at the same time. */
  readonly concurrency: number;
  /** How long one receive waits for the first delivery. */
  readonly waitMs: number;
}

/** A receive takes ten messages at most (SQS quota). */
const MAX_BATCH = 10;

/** What an aborted receive still brought is offered to others after this long. */
const HAND_BACK_MS = 1_000;

/**
 * Takes deliveries and gives each to `take`, until the signal aborts; resolves when the last one is settled.
 *
 * `take` must not throw. A bus that is throttled or away is asked again; any other BusError ends the loop.
 */
export async function drain(draining: Draining, take: (delivery: Delivery) => Promise<unknown>): Promise<void> {
  const { signal, concurrency } = draining;
  const inWork = new Set<Promise<unknown>>();
  try {
    while (!signal.aborted) {
      const free = await places(inWork, concurrency);
      for (const delivery of await receive(draining, Math.min(MAX_BATCH, free))) track(inWork, take(delivery));
    }
  } finally {
    await Promise.all(inWork);
  }
}

/** Waits until there is a free place; deliveries that end together free theirs together, so that a receive brings many. */
async function places(inWork: ReadonlySet<Promise<unknown>>, concurrency: number): Promise<number> {
  while (inWork.size >= concurrency) {
    await Promise.race(inWork);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return concurrency - inWork.size;
}

function track(inWork: Set<Promise<unknown>>, work: Promise<unknown>): void {
  inWork.add(work);
  void work.finally(() => inWork.delete(work));
}

async function receive({ driver, queue, clock, signal, waitMs }: Draining, max: number): Promise<Delivery[]> {
  for (let failures = 1; ; failures += 1) {
    try {
      const deliveries = await driver.receive(queue, { max, waitMs, signal });
      return signal.aborted ? await handBack(deliveries) : deliveries;
    } catch (error) {
      if (signal.aborted) return [];
      if (!isInfraFabricError(error) || error.retry !== 'later') throw error;
      await clock.sleep(error.retryAfterMs ?? backoffMs(failures), signal);
    }
  }
}

/** Offers to others what an aborted receive still brought. */
async function handBack(deliveries: readonly Delivery[]): Promise<Delivery[]> {
  await Promise.all(deliveries.map(async (delivery) => delivery.retryAfter(HAND_BACK_MS)));
  return [];
}
