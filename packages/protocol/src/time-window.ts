import type { Envelope } from './message.ts';
import { ProtocolError } from './protocol-error.ts';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** How far two clocks of the swarm may stand apart; an agent with a worse clock refuses to start. Own bound. */
export const CLOCK_TOLERANCE_MS = 60 * SECOND_MS;

/** The longest life of a message: what SQS keeps a message at most (AWS SQS MessageRetentionPeriod, 2026-11). */
export const MAX_TTL_MS = 14 * DAY_MS;

/**
 * Refuses a message outside its time.
 * @throws ProtocolError `BUS_TIME_ORDER`, `BUS_TTL`, `BUS_FROM_FUTURE`, `BUS_EXPIRED`.
 */
export function refuseOutsideTime(message: Envelope, nowMs: number): void {
  const { timestamp, expires_at } = message;
  if (expires_at < timestamp) throw refusal('BUS_TIME_ORDER', message, 'expires_at at or after timestamp, got before');
  if (expires_at - timestamp > MAX_TTL_MS)
    throw refusal('BUS_TTL', message, 'a life of at most 14 days, got a longer one');
  if (timestamp > nowMs + CLOCK_TOLERANCE_MS) {
    throw refusal('BUS_FROM_FUTURE', message, `a timestamp up to ${nowMs} + 60 s, got ${timestamp}`);
  }
  if (expires_at < nowMs - CLOCK_TOLERANCE_MS) {
    throw refusal('BUS_EXPIRED', message, `an expiry from ${nowMs} - 60 s on, got ${expires_at}`);
  }
}

/** Until when a message must be remembered against replay: its expiry, both clocks' tolerance and a day. */
export function rememberUntilMs(message: Envelope): number {
  return message.expires_at + 2 * CLOCK_TOLERANCE_MS + DAY_MS;
}

function refusal(
  code: 'BUS_TIME_ORDER' | 'BUS_TTL' | 'BUS_FROM_FUTURE' | 'BUS_EXPIRED',
  message: Envelope,
  expected: string,
): ProtocolError {
  return new ProtocolError(code, { message: `expected ${expected}`, where: message.message_id });
}
