import { CodedError, type ErrorDetail, type ErrorKind, isInfraFabricError } from '@infrafabric/protocol';

const KINDS = {
  EVENT_INVALID: 'usage',
} as const satisfies Record<string, ErrorKind>;

/** What the Lambda door refuses. */
export type LambdaErrorCode = keyof typeof KINDS;

/** An error of the Lambda door: the event is not one it knows. */
export class LambdaError extends CodedError<LambdaErrorCode> {
  constructor(code: LambdaErrorCode, detail: ErrorDetail) {
    super(code, detail, { kind: KINDS[code], retry: 'never' });
  }
}

/** Runs a function so that Lambda names a failure by its code (`errorType`), and its message says where and what to do. */
export async function namingFailures<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isInfraFabricError(error)) throw error;
    const { code, message, where, fix } = error;
    const told = new Error([message, where, fix].filter((part) => part !== undefined).join(' | '), { cause: error });
    told.name = code;
    throw told;
  }
}
