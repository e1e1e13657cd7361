import { STATUS_CODES } from 'node:http';
import { z } from '@hono/zod-openapi';
import { type ErrorKind, type InfraFabricError, isInfraFabricError } from '@infrafabric/protocol';
import { HTTPException } from 'hono/http-exception';
import { ApiError, STATUS } from './errors.ts';

/** A problem document (RFC 9457) with the code of the error; `where` is a field, header or id of the request. */
export const Problem = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    where: z.string().optional(),
    fix: z.string().optional(),
  })
  .openapi('Problem');
/** A problem document (RFC 9457) with the code of the error. */
export type Problem = z.infer<typeof Problem>;

/** The answer to a request that failed: our words for an error of ours, no word of any other. */
export function problemResponse(error: unknown): Response {
  const known = knownError(error);
  if (known === undefined) return respond(500, { code: 'UNEXPECTED', message: 'a bug in InfraFabric', toldMore: {} });
  const isOurs = known.kind === 'environment' || known.kind === 'bug';
  const toldMore = isOurs ? {} : { where: known.where, fix: known.fix };
  return respond(statusOf(known), { code: known.code, message: known.message, toldMore }, headersOf(known));
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly toldMore: { readonly where?: string | undefined; readonly fix?: string | undefined };
}

function respond(status: number, { code, message, toldMore }: Told, headers: Record<string, string> = {}): Response {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(toldMore.where === undefined ? {} : { where: toldMore.where }),
    ...(toldMore.fix === undefined ? {} : { fix: toldMore.fix }),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

function knownError(error: unknown): InfraFabricError | undefined {
  if (isInfraFabricError(error)) return error;
  if (error instanceof HTTPException && error.status === 400) {
    return new ApiError('JSON_INVALID', { message: 'expected a JSON document', where: 'body' });
  }
  return undefined;
}

function headersOf({ code, retryAfterMs }: InfraFabricError): Record<string, string> {
  if (retryAfterMs !== undefined) return { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) };
  return code.startsWith('AUTH_') ? { 'www-authenticate': 'Bearer realm="infrafabric"' } : {};
}

/** Codes of the lines below whose status says more than that of their kind. */
const OF_CODE: Readonly<Record<string, number>> = {
  ...STATUS,
  SESSION_ID_INVALID: 400,
  SESSION_NOT_FOUND: 404,
  STATE_LOST: 404,
  SESSION_NOT_REPORTED: 409,
  SESSION_TERMINAL: 409,
  SESSION_RUNNING: 409,
  DEAD_LETTER_NOT_FOUND: 404,
  IDEMPOTENCY_CONFLICT: 409,
  UPLOAD_TOO_LARGE: 413,
  UPLOAD_QUOTA: 413,
  SESSION_LIMIT: 429,
  AWS_CREDENTIALS: 424,
  AWS_ACCESS_DENIED: 424,
  AWS_REGION: 422,
  DISK_FULL: 507,
};

const OF_KIND: Readonly<Record<ErrorKind, number>> = {
  usage: 422,
  input: 422,
  budget: 422,
  verification: 500,
  environment: 503,
  cancelled: 503,
  bug: 500,
};

const statusOf = ({ code, kind }: InfraFabricError): number => OF_CODE[code] ?? OF_KIND[kind];
