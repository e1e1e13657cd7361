import type { QueueFunction } from '@infrafabric/runtime/deployed/worker';
import { expect, test } from 'vitest';
import { queueHandler } from './queue-handler.ts';

const RECORD = {
  messageId: 'm-1',
  receiptHandle: 'r-1',
  body: 'wire',
  attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
};
const CONTEXT = { getRemainingTimeInMillis: () => 299_000 };

test('hands on the records and the time that is left, and answers what stays', async () => {
  const asked: unknown[] = [];
  const take: QueueFunction = async (...given) => {
    asked.push(given);
    return { batchItemFailures: [{ itemIdentifier: 'm-1' }] };
  };

  expect(await queueHandler(take)({ Records: [RECORD] }, CONTEXT)).toStrictEqual({
    batchItemFailures: [{ itemIdentifier: 'm-1' }],
  });
  const { messageId, receiptHandle, body } = RECORD;
  const record = { messageId, receiptHandle, body, attributes: { ApproximateReceiveCount: '2' } };
  expect(asked).toStrictEqual([[[record], 299_000]]);
});

test.each([[undefined], [{}], [{ Records: 'x' }], [{ Records: [{ ...RECORD, receiptHandle: 1 }] }]])(
  'an event that is not of a queue (%j) is refused by its code and begins nothing',
  async (event) => {
    const take: QueueFunction = () => expect.unreachable();

    await expect(queueHandler(take)(event, CONTEXT)).rejects.toMatchObject({ name: 'EVENT_INVALID' });
  },
);
