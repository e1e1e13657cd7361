import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Clock } from '@infrafabric/protocol';
import type { Outgoing, PublishOutcome } from '../bus-driver.ts';
import type { BusError } from '../errors.ts';
import { entryError, toBusError } from './bus-error.ts';

/** The message attribute by which the topic's subscriptions choose their messages. */
export const ROUTING_ATTRIBUTE = 'agent_role';

/** Waits before the second, third and fourth try of the entries that a batch call left undone. */
const RETRY_WAITS_MS = [100, 400, 1_600] as const;

/** What publishing needs. */
export interface Publisher {
  readonly sns: SNSClient;
  readonly topicArn: string;
  readonly clock: Clock;
}

/**
 * Publishes at most ten messages, each in the group of its session: SNS hands the group on to standard queues, which serve their groups fairly
 * (SNS API reference, Publish, 2026-11). Sends those again that failed for a while, and answers in order.
 */
export async function publishTen(batch: readonly Outgoing[], publisher: Publisher): Promise<PublishOutcome[]> {
  const outcomes = await tryTen(batch, publisher);
  for (const waitMs of RETRY_WAITS_MS) {
    const again = outcomes.flatMap((outcome, index) => (isWorthAnotherTry(outcome) ? [index] : []));
    if (again.length === 0) return outcomes;
    await publisher.clock.sleep(waitMs);
    const retried = await tryTen(
      again.flatMap((index) => batch[index] ?? []),
      publisher,
    );
    for (const [position, index] of again.entries())
      outcomes[index] = retried[position] ?? failed(entryError(undefined, publisher.topicArn));
  }
  return outcomes;
}

async function tryTen(batch: readonly Outgoing[], { sns, topicArn }: Publisher): Promise<PublishOutcome[]> {
  const entries = batch.map(({ body, role, session }, index) => ({
    Id: String(index),
    Message: body,
    MessageGroupId: session,
    MessageAttributes: { [ROUTING_ATTRIBUTE]: { DataType: 'String', StringValue: role } },
  }));
  try {
    const answer = await sns.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }));
    const done = new Set((answer.Successful ?? []).map(({ Id }) => Id));
    return entries.map(({ Id }) => {
      if (done.has(Id)) return { published: true };
      return failed(
        entryError(
          (answer.Failed ?? []).find((entry) => entry.Id === Id),
          topicArn,
        ),
      );
    });
  } catch (cause) {
    return batch.map(() => failed(toBusError(cause, topicArn)));
  }
}

const failed = (error: BusError): PublishOutcome => ({ published: false, error });

const isWorthAnotherTry = (outcome: PublishOutcome): boolean => !outcome.published && outcome.error.retry === 'later';
