import { z } from 'zod';
import type { Message } from './message.ts';

/** `traceparent` of W3C Trace Context (Recommendation 2021-11-23, section 3.2.2), version 00: trace id, span id, flags. */
export const Traceparent = z
  .string()
  .regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/, 'expected 00-<32 hex>-<16 hex>-<2 hex>');

/** Where the work behind a message stands in its session's trace; `undefined` when it does not say, or not legibly. */
export function traceparentOf({ ext }: Pick<Message, 'ext'>): string | undefined {
  const parsed = Traceparent.safeParse(ext?.['traceparent']);
  return parsed.success ? parsed.data : undefined;
}
