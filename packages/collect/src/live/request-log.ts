import type { FailedRequest, FailureCode } from '@infrafabric/finops';
import { type JsonObject, canonicalJson } from '@infrafabric/protocol';
import { redactJson } from '../estate/redaction.ts';
import { type AwsFailure, failureCode } from './aws-failure.ts';

/** A line of `requests.ndjson` before it is written; `file` is absent when the call has no answer. */
export interface RequestLine {
  readonly file?: string;
  readonly client: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly atMs: number;
  readonly failure?: AwsFailure;
  /** IAM actions the call takes; they are written when it was denied. */
  readonly iam?: readonly string[];
  /** AWS said that there is none: no answer and no failure. */
  readonly absent?: string;
}

/** The requests of one place. */
export class RequestLog {
  readonly #lines: RequestLine[] = [];

  add(line: RequestLine): void {
    this.#lines.push(line);
  }

  /** The bytes of `requests.ndjson`: sorted by operation, file and input, secrets replaced; `undefined` without requests. */
  bytes(): { readonly bytes: Uint8Array; readonly redactions: number } | undefined {
    if (this.#lines.length === 0) return undefined;
    let redactions = 0;
    const lines = this.#lines.map((line) => {
      const { value, ...counted } = redactJson(recordOf(line), 'requests');
      redactions += counted.redactions;
      return { key: sortKey(line), text: canonicalJson(value) };
    });
    lines.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
    return { bytes: new TextEncoder().encode(lines.map((line) => `${line.text}\n`).join('')), redactions };
  }

  /** The calls without an answer, each kind once. */
  failed({ account, region }: { readonly account: string; readonly region: string }): FailedRequest[] {
    const failed = this.#lines.flatMap(({ client, operation, failure, iam }) =>
      failure === undefined
        ? []
        : [{ account, region, client, operation, error_code: failure.error_code, ...meaningOf(failure, iam) }],
    );
    return [...new Map(failed.map((one) => [canonicalJson(one), one]))]
      .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
      .map(([, one]) => one);
  }
}

/** What a reader can do about it: the actions that were denied, or the code of another remedy. */
function meaningOf(failure: AwsFailure, iam: readonly string[] = []): { denied?: string[]; code?: FailureCode } {
  return failure.meaning === 'denied' && iam.length > 0 ? { denied: [...iam] } : failureCode(failure);
}

function recordOf({ file, client, operation, input, atMs, failure, iam, absent }: RequestLine): JsonObject {
  return {
    file: file ?? null,
    client,
    operation,
    input,
    status: statusOf(failure, absent),
    error_code: failure?.error_code ?? null,
    at: new Date(atMs).toISOString(),
    ...(absent === undefined ? {} : { absent }),
    ...(failure === undefined ? {} : meaningOf(failure, iam)),
  };
}

function statusOf(failure: AwsFailure | undefined, absent: string | undefined): number | null {
  if (failure !== undefined) return failure.status ?? null;
  return absent === undefined ? 200 : 404;
}

/** Page 10 stands after page 9: the number in a file's name is filled up. */
function sortKey({ client, operation, file, input }: RequestLine): string {
  const padded = (file ?? '~').replaceAll(/[0-9]+/g, (digits) => digits.padStart(12, '0'));
  return `${client}.${operation} ${padded} ${canonicalJson(input)}`;
}
