import {
  ConsecutiveBreaker,
  DelegateBackoff,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  retry,
  wrap,
} from 'cockatiel';
import { LlmError } from './errors.ts';

/** How hard a model is tried. */
export interface Tenacity {
  readonly requestsPerMinute: number;
  /** Attempts of one call, in all. */
  readonly maxAttempts: number;
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Calls that fail in a row, repetition included, before the model is left alone. */
  readonly breakerFailures: number;
  readonly breakerMs: number;
}

/**
 * Sources: 60 requests a minute, 3 attempts, breaker 5 and 60 s and 10 s an attempt are the limits of the set-ups this design
 * follows (RETRY_MAX_ATTEMPTS, CIRCUIT_BREAKER_THRESHOLD, CIRCUIT_BREAKER_TIMEOUT_SECONDS); back-off 1 s, 2 s: the same.
 */
export const TENACITY: Tenacity = {
  requestsPerMinute: 60,
  maxAttempts: 3,
  firstBackoffMs: 1_000,
  longestBackoffMs: 20_000,
  timeoutMs: 10_000,
  breakerFailures: 5,
  breakerMs: 60_000,
};

/** Runs a call until it succeeds or there is no point in trying; the breaker is of this one model. */
export type Persistence = <T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Repetition with jitter behind one breaker; a wait the provider asks for is kept. `random` answers 0 to 1. */
export function persistence(tenacity: Tenacity, random: () => number = Math.random): Persistence {
  const { maxAttempts, breakerFailures, breakerMs } = tenacity;
  const again = retry(
    handleWhen((error) => error instanceof LlmError && error.retry === 'later'),
    {
      maxAttempts: maxAttempts - 1,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const asked = 'error' in result && result.error instanceof LlmError ? (result.error.retryAfterMs ?? 0) : 0;
        const ownMs = tenacity.firstBackoffMs * 2 ** (attempt - 1) * (0.5 + random());
        return Math.min(tenacity.longestBackoffMs, Math.max(asked, ownMs));
      }),
    },
  );
  const breaker = circuitBreaker(handleWhen(isProvidersFault), {
    halfOpenAfter: breakerMs,
    breaker: new ConsecutiveBreaker(breakerFailures),
  });
  const policy = wrap(breaker, again);
  return async (call, signal) => {
    try {
      return await policy.execute(({ signal: inner }) => call(inner), signal);
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw new LlmError('LLM_CIRCUIT_OPEN', {
        message: `the model failed ${breakerFailures} calls in a row and is left alone for ${breakerMs / 1_000} s`,
        isUnpaid: true,
        cause: error,
      });
    }
  };
}

/** Failures that say the provider is in trouble, not the request. */
function isProvidersFault(error: unknown): boolean {
  return error instanceof LlmError && error.retry === 'later' && error.code !== 'LLM_OUTPUT_INVALID';
}
