import { retryMiddleware } from '@smithy/core/retry';

/** What the retries of a client are decided by. */
export type RetryConfig = Parameters<typeof retryMiddleware>[0];

/**
 * The retry step of an SDK client for calls that nearly all succeed: a call is made, and only one that failed comes before the
 * SDK's own step, as its first try. What is tried again, how often and after which pause stays with the SDK; a call that succeeds
 * is spared an `Error` with a stack made in advance, an invocation id and a retry token.
 */
export function firstTry(config: RetryConfig): ReturnType<typeof retryMiddleware> {
  let strategy: Awaited<ReturnType<RetryConfig['retryStrategy']>> | undefined;
  return (next, context) => async (args) => {
    try {
      const answer = await next(args);
      Object.assign(answer.output.$metadata, { attempts: 1, totalRetryDelay: 0 });
      // Until a call fails there are as many retries to spend as there can be.
      if (strategy !== undefined && 'recordSuccess' in strategy) strategy.recordSuccess(NEVER_RETRIED);
      return answer;
    } catch (error) {
      strategy ??= await config.retryStrategy();
      let hasFailed = false;
      const failFirst: typeof next = async (again) => {
        if (hasFailed) return next(again);
        hasFailed = true;
        throw error;
      };
      return retryMiddleware(config)(failFirst, context)(args);
    }
  };
}

/** The token of a call that succeeded at once. */
const NEVER_RETRIED = { getRetryCount: () => 0, getRetryDelay: () => 0, getRetryCost: () => undefined };
