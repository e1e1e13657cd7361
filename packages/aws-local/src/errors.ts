import { CodedError, type ErrorDetail } from '@infrafabric/protocol';

/**
 * What can go wrong with the file, the lock or the port.
 *
 * `LOCKED` another process holds the file; `DISK_FULL` there is no space to make it; `SCHEMA_NEWER` a later release wrote it; `FILE_UNUSABLE` it is not ours or
 * cannot be read; `PORT_UNAVAILABLE` the loopback port is taken; `CLOSED` a call came after `close()`.
 */
export type AwsLocalErrorCode =
  | 'LOCKED'
  | 'SCHEMA_NEWER'
  | 'FILE_UNUSABLE'
  | 'DISK_FULL'
  | 'PORT_UNAVAILABLE'
  | 'CLOSED';

/** An error of the emulator itself. What AWS would answer to a request is an answer on the wire, never this. */
export class AwsLocalError extends CodedError<AwsLocalErrorCode> {
  constructor(code: AwsLocalErrorCode, detail: ErrorDetail) {
    const retry = code === 'LOCKED' || code === 'PORT_UNAVAILABLE' ? 'later' : 'never';
    super(code, detail, { kind: 'environment', retry });
  }
}
