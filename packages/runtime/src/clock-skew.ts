import type { SNSClient } from '@aws-sdk/client-sns';
import type { Clock } from '@infrafabric/protocol';
import { RuntimeError } from './errors.ts';

/**
 * Largest distance from the clock of AWS with which an agent starts: half of what messages allow, for the other end may be off as
 * well, and a `Date` header counts whole seconds.
 */
const MAX_SKEW_MS = 30_000;

/**
 * Holds the first answer to a client against this machine's clock, by its `Date` header (RFC 9110, 6.6.1): a clock that is off would
 * sign messages from the future, or find those of others expired. The call then throws RuntimeError `CLOCK_SKEW`.
 */
export function refuseSkewedClock(client: Pick<SNSClient, 'middlewareStack'>, clock: Clock): void {
  let isJudged = false;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (!isJudged) judge(dateOf(answer.response), clock.nowMs());
      isJudged = true;
      return answer;
    },
    { step: 'deserialize', name: 'refuseSkewedClock', priority: 'low' },
  );
}

function judge(theirsMs: number, oursMs: number): void {
  const skewMs = oursMs - theirsMs;
  if (Number.isNaN(skewMs) || Math.abs(skewMs) <= MAX_SKEW_MS) return;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  throw new RuntimeError('CLOCK_SKEW', {
    message: `expected a clock within ${MAX_SKEW_MS / 1_000} s of that of AWS, got one ${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
    where: 'the clock of this machine',
    fix: 'let the machine take its time from a time server, then run the command again',
  });
}

/** The time an answer says it was made; NaN without one. */
function dateOf(response: unknown): number {
  const date: unknown = Reflect.get(Object(Reflect.get(Object(response), 'headers')), 'date');
  return typeof date === 'string' ? Date.parse(date) : Number.NaN;
}
