import { AwsFault } from '../engine/fault.ts';

/** `InvalidParameter`, worded as SNS words it. */
export function invalidParameter(reason: string): AwsFault {
  return new AwsFault('InvalidParameter', `Invalid parameter: ${reason}`);
}

/** `NotFound` with its status 404. */
export function notFound(what: 'Topic' | 'Subscription'): AwsFault {
  return new AwsFault('NotFound', `${what} does not exist`, 404);
}
