import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '@infrafabric/protocol';
import { type Rate, rateOf } from './rates.ts';

/** Waits until a bucket has room. One of these for all collections of a process, as AWS counts an account as a whole. */
export class RateLimiter {
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #rates: (bucket: string) => Rate;
  readonly #buckets = new Map<string, RateLimiterMemory>();

  constructor(clock: Pick<Clock, 'sleep'>, rates: (bucket: string) => Rate = rateOf) {
    this.#clock = clock;
    this.#rates = rates;
  }

  /** Takes `weight` out of the bucket of one account and region, waiting for the next window when it is empty. */
  async take(bucket: string, place: string, weight: number, signal?: AbortSignal): Promise<void> {
    const { requests } = this.#rates(bucket);
    for (;;) {
      signal?.throwIfAborted();
      const waitMs = await this.#tryTake(bucket, place, Math.min(weight, requests));
      if (waitMs === 0) return;
      await this.#clock.sleep(waitMs, signal);
    }
  }

  /** AWS asked for fewer calls: what is left of the window is forfeited for everyone who shares the bucket. */
  async slowDown(bucket: string, place: string): Promise<void> {
    await this.#bucket(bucket).penalty(place, this.#rates(bucket).requests);
  }

  async #tryTake(bucket: string, place: string, weight: number): Promise<number> {
    try {
      await this.#bucket(bucket).consume(place, weight);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
      throw refusal;
    }
  }

  #bucket(name: string): RateLimiterMemory {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const { requests, windowMs } = this.#rates(name);
    const bucket = new RateLimiterMemory({ keyPrefix: name, points: requests, duration: windowMs / 1000 });
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
