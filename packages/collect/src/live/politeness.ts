import {
  ConsecutiveBreaker,
  ExponentialBackoff,
  type IPolicy,
  TimeoutStrategy,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  retry,
  timeout,
  wrap,
} from 'cockatiel';
import type { Clock } from '@infrafabric/protocol';
import { isPassing, isThrottling, unavailable } from './aws-failure.ts';
import { RateLimiter } from './rate-limiter.ts';

/** How hard a collection tries; milliseconds where the name says so. */
export interface PoliteSettings {
  /** Attempts of one call that is throttled, in all. */
  readonly maxAttempts: number;
  /** Attempts of one call to a service that fails, in all: more would be paid for and seldom help. */
  readonly maxFailedAttempts: number;
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  readonly attemptTimeoutMs: number;
  /** Calls that fail in a row, retries included, before a service of a region is left alone. */
  readonly breakerFailures: number;
  readonly breakerMs: number;
}

/**
 * The settings of a run: breaker 5 failures and 60 s (CIRCUIT_BREAKER_THRESHOLD, CIRCUIT_BREAKER_TIMEOUT_SECONDS);
 * 10 attempts with decorrelated jitter survive 30 % of throttled calls (0.3^10 = 6e-6 a call); 3 for a service that fails
 * (RETRY_MAX_ATTEMPTS); own choice.
 */
export const POLITE_SETTINGS: PoliteSettings = {
  maxAttempts: 10,
  maxFailedAttempts: 3,
  firstBackoffMs: 100,
  longestBackoffMs: 20_000,
  attemptTimeoutMs: 60_000,
  breakerFailures: 5,
  breakerMs: 60_000,
};

/** Where a call goes and what it counts against. */
export interface PoliteCall {
  readonly account: string;
  readonly region: string;
  readonly client: string;
  readonly rate: string;
  /** Tokens of other buckets the call takes besides the one of `rate`. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

/**
 * The one home of rate limits, repetition and circuit breakers towards AWS.
 *
 * A call waits for its bucket before every attempt; throttling empties the bucket for everyone who shares it; what passes by
 * itself is tried again with jitter; a service of a region that fails again and again is left alone for a minute.
 */
export class Politeness {
  readonly #settings: PoliteSettings;
  readonly #limiter: RateLimiter;
  readonly #policies = new Map<string, IPolicy>();

  constructor(
    clock: Pick<Clock, 'sleep'>,
    settings: PoliteSettings = POLITE_SETTINGS,
    limiter = new RateLimiter(clock),
  ) {
    this.#settings = settings;
    this.#limiter = limiter;
  }

  /** Runs `attempt` until it succeeds or there is no point in trying; throws what the last attempt threw. */
  async run<T>(call: PoliteCall, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const place = `${call.account}/${call.region}`;
    const policy = this.#policy(`${place}/${call.client}`);
    return this.#throughBreaker(policy, call.signal, async (signal) => {
      for (const [bucket, weight] of Object.entries({ ...call.weights, [call.rate]: 1 })) {
        await this.#limiter.take(bucket, place, weight, signal);
      }
      try {
        return await this.#inTime(attempt, signal);
      } catch (error) {
        if (isThrottling(error)) await this.#limiter.slowDown(call.rate, place);
        throw error;
      }
    });
  }

  async #throughBreaker<T>(
    policy: IPolicy,
    signal: AbortSignal | undefined,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      return await policy.execute(({ signal }) => call(signal), signal);
    } catch (error) {
      if (isBrokenCircuitError(error)) throw unavailable('CircuitOpen', error);
      throw error;
    }
  }

  async #inTime<T>(attempt: (signal: AbortSignal) => Promise<T>, outer: AbortSignal): Promise<T> {
    const limit = timeout(this.#settings.attemptTimeoutMs, TimeoutStrategy.Aggressive);
    try {
      return await limit.execute(({ signal }) => attempt(signal), outer);
    } catch (error) {
      if (isTaskCancelledError(error) && !outer.aborted) throw unavailable('TimeoutError', error);
      throw error;
    }
  }

  #policy(key: string): IPolicy {
    const known = this.#policies.get(key);
    if (known !== undefined) return known;
    const { breakerFailures, breakerMs } = this.#settings;
    const breaker = circuitBreaker(handleWhen(isPassing), {
      halfOpenAfter: breakerMs,
      breaker: new ConsecutiveBreaker(breakerFailures),
    });
    const { maxAttempts, maxFailedAttempts } = this.#settings;
    const throttled = this.#again(isThrottling, maxAttempts);
    const failed = this.#again((error) => isPassing(error) && !isThrottling(error), maxFailedAttempts);
    const policy = wrap(breaker, throttled, failed);
    this.#policies.set(key, policy);
    return policy;
  }

  #again(when: (error: unknown) => boolean, attempts: number): IPolicy {
    const { firstBackoffMs, longestBackoffMs } = this.#settings;
    const backoff = new ExponentialBackoff({ initialDelay: firstBackoffMs, maxDelay: longestBackoffMs });
    return retry(handleWhen(when), { maxAttempts: attempts - 1, backoff });
  }
}
