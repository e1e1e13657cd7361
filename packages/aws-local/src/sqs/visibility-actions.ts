import * as z from 'zod';
import { AwsFault } from '../engine/fault.ts';
import type { JsonActions } from '../wire/action.ts';
import { checkBatch, eachEntry } from './batch.ts';
import type { Queue } from './queue.ts';
import type { SqsState } from './state.ts';

const Change = { ReceiptHandle: z.string(), VisibilityTimeout: z.int() };
const ChangeMessageVisibility = z.strictObject({ QueueUrl: z.string(), ...Change });
const ChangeMessageVisibilityBatch = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.strictObject({ Id: z.string(), ...Change })),
});

/** ChangeMessageVisibility and ChangeMessageVisibilityBatch. */
export function visibilityActions({ queues, messages, make }: SqsState): JsonActions {
  const change = (queue: Queue, handle: string, visibilityS: number): object => {
    if (visibilityS < 0 || visibilityS > 43_200) {
      throw new AwsFault(
        'InvalidParameterValue',
        `Value ${visibilityS} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.`,
      );
    }
    messages.hide(queue, handle, visibilityS);
    return {};
  };
  return {
    ChangeMessageVisibility: make.writes(ChangeMessageVisibility, (input) =>
      change(queues.byUrl(input.QueueUrl), input.ReceiptHandle, input.VisibilityTimeout),
    ),
    ChangeMessageVisibilityBatch: make.writes(ChangeMessageVisibilityBatch, (input) => {
      const queue = queues.byUrl(input.QueueUrl);
      checkBatch(input.Entries);
      return eachEntry(input.Entries, (entry) => change(queue, entry.ReceiptHandle, entry.VisibilityTimeout));
    }),
  };
}
