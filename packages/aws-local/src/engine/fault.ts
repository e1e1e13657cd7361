/**
 * The answer of AWS to a request it refuses: thrown by an action, turned into the error shape of the protocol by the wire.
 *
 * `code` is the error name as the service model spells it; `members` are further fields of a JSON error.
 */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** The refusal of something AWS does and this emulator does not, named: a parameter, a sub-resource, a value. */
export function notImplemented(what: string): AwsFault {
  return new AwsFault('NotImplemented', `aws-local does not emulate ${what}`, 501);
}
