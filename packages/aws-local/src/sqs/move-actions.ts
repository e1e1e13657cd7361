import * as z from 'zod';
import { AwsFault } from '../engine/fault.ts';
import type { JsonActions } from '../wire/action.ts';
import type { Queue } from './queue.ts';
import type { SqsState } from './state.ts';

const StartMessageMoveTask = z.strictObject({ SourceArn: z.string(), DestinationArn: z.string().optional() });

/** StartMessageMoveTask: moves every dead letter at once, so that no task is left to list or cancel. */
export function moveActions({ queues, messages, make }: SqsState): JsonActions {
  const existing = (arn: string): Queue => {
    const queue = queues.find(arn);
    if (queue === undefined) {
      throw new AwsFault('ResourceNotFoundException', 'The resource that you specified for the ARN does not exist.');
    }
    return queue;
  };
  return {
    StartMessageMoveTask: make.writes(StartMessageMoveTask, (input) => {
      const source = existing(input.SourceArn);
      messages.moveAll(source, input.DestinationArn === undefined ? undefined : existing(input.DestinationArn));
      return { TaskHandle: Buffer.from(source.name).toString('base64') };
    }),
  };
}
