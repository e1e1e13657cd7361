import type { Context, MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from './errors.ts';

/** Refuses an address that asks too often. @throws ApiError `RATE_LIMITED` with the time to wait. */
export function limitRate(perMinute: number, addressOf: (context: Context) => string): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (context, next) => {
    const refused = await limiter.consume(addressOf(context)).then(() => undefined, refusalOf);
    if (refused !== undefined) {
      throw new ApiError('RATE_LIMITED', {
        message: `expected at most ${perMinute} requests a minute`,
        fix: 'wait as long as Retry-After says',
        retryAfterMs: refused.msBeforeNext,
      });
    }
    await next();
  };
}

function refusalOf(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}
