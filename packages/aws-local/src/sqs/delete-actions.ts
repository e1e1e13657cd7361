import * as z from 'zod';
import type { JsonActions } from '../wire/action.ts';
import { checkBatch, eachEntry } from './batch.ts';
import type { SqsState } from './state.ts';

const DeleteMessage = z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string() });
const DeleteMessageBatch = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.strictObject({ Id: z.string(), ReceiptHandle: z.string() })),
});

/** DeleteMessage and DeleteMessageBatch. */
export function deleteActions({ queues, messages, make }: SqsState): JsonActions {
  return {
    DeleteMessage: make.writes(DeleteMessage, (input) => {
      messages.delete(queues.byUrl(input.QueueUrl), input.ReceiptHandle);
    }),
    DeleteMessageBatch: make.writes(DeleteMessageBatch, (input) => {
      const queue = queues.byUrl(input.QueueUrl);
      checkBatch(input.Entries);
      return eachEntry(input.Entries, (entry) => {
        messages.delete(queue, entry.ReceiptHandle);
        return {};
      });
    }),
  };
}
