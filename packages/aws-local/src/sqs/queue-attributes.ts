import * as z from 'zod';
import { AwsFault, notImplemented } from '../engine/fault.ts';

/** Where messages go that were received too often. */
export interface RedriveTarget {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The attributes of a queue that set none. Source: SQS API reference, SetQueueAttributes (2026-11). */
export const DEFAULT_ATTRIBUTES: Readonly<Record<string, string>> = {
  VisibilityTimeout: '30',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
};

/** The range of each numeric attribute, in its own unit. Source: SQS API reference, SetQueueAttributes (2026-11). */
const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  VisibilityTimeout: [0, 43_200],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  DelaySeconds: [0, 900],
  ReceiveMessageWaitTimeSeconds: [0, 20],
};

/** Attributes that are kept and returned but change nothing here: nobody else can reach these queues. */
const STORED_ONLY: ReadonlySet<string> = new Set(['Policy', 'RedriveAllowPolicy', 'SqsManagedSseEnabled']);

const RedrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

/**
 * Refuses attributes that AWS refuses or that the emulator does not know.
 *
 * @throws AwsFault `InvalidAttributeValue`, `InvalidParameterValue`, `NotImplemented`.
 */
export function checkAttributes(
  attributes: Readonly<Record<string, string>>,
  isDeadLetterTarget: (arn: string) => boolean,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    const range = RANGES[name];
    if (range !== undefined) checkRange(name, value, range);
    else if (name === 'RedrivePolicy') checkRedrive(value, isDeadLetterTarget);
    else if (!STORED_ONLY.has(name)) throw notImplemented(`the queue attribute ${name}`);
  }
}

/** Reads a RedrivePolicy; an absent or empty one means that messages stay. */
export function redriveTarget(policy: string | undefined): RedriveTarget | undefined {
  if (policy === undefined || policy === '') return undefined;
  return RedrivePolicy.parse(JSON.parse(policy));
}

function checkRange(name: string, value: string, [min, max]: readonly [min: number, max: number]): void {
  if (/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max) return;
  throw new AwsFault('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function checkRedrive(policy: string, isDeadLetterTarget: (arn: string) => boolean): void {
  const refuse = (reason: string): AwsFault =>
    new AwsFault('InvalidParameterValue', `Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  if (policy === '') return;
  let target: RedriveTarget | undefined;
  try {
    target = redriveTarget(policy);
  } catch {
    throw refuse('expected a deadLetterTargetArn and a maxReceiveCount between 1 and 1000.');
  }
  if (target !== undefined && !isDeadLetterTarget(target.deadLetterTargetArn)) {
    throw refuse('Dead letter target does not exist or is the queue itself.');
  }
}
