import { AwsFault } from '../engine/fault.ts';

export function noSuchBucket(): AwsFault {
  return new AwsFault('NoSuchBucket', 'The specified bucket does not exist', 404);
}

export function noSuchKey(): AwsFault {
  return new AwsFault('NoSuchKey', 'The specified key does not exist.', 404);
}

export function preconditionFailed(): AwsFault {
  return new AwsFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}
