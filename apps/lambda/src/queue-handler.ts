import type { QueueFunction } from '@infrafabric/runtime/deployed/worker';
import { z } from 'zod';
import { LambdaError, namingFailures } from './errors.ts';
import type { LambdaContext } from './lambda-context.ts';

/** An event of an SQS event source (Lambda guide, "Using Lambda with Amazon SQS", 2026-11); other members are passed over. */
const QueueEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.string().min(1),
      receiptHandle: z.string().min(1),
      body: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.string() }),
    }),
  ),
});

/** A Lambda handler that answers which messages of its batch stay in the queue. */
export type QueueHandler = (event: unknown, context: LambdaContext) => ReturnType<QueueFunction>;

/** The handler of a function that a queue calls. It throws only when nothing of the batch was begun. */
export function queueHandler(take: QueueFunction): QueueHandler {
  return (event, context) =>
    namingFailures(async () => {
      const parsed = QueueEvent.safeParse(event);
      if (parsed.success) return take(parsed.data.Records, context.getRemainingTimeInMillis());
      throw new LambdaError('EVENT_INVALID', {
        message: 'expected an event of an SQS queue, got something else',
        where: parsed.error.issues[0]?.path.join('.'),
        fix: 'let only the event source of its queue call this function',
      });
    });
}
