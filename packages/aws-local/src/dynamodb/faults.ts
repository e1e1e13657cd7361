import { AwsFault } from '../engine/fault.ts';

/** `ValidationException`, the answer of DynamoDB to every malformed request. */
export function validation(message: string): AwsFault {
  return new AwsFault('ValidationException', message);
}
