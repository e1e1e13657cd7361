import { FAILURE_ADVICE, type FailureCode, isFailureCode, policyLine } from '@infrafabric/finops';
import { CollectError } from '../errors.ts';

/** What an error of the SDK means for a collection. */
type Meaning =
  | 'denied'
  | 'credentials'
  | 'not-enabled'
  | 'no-support-plan'
  | 'date-range'
  | 'throttled'
  | 'unavailable'
  | 'budget'
  | 'refused';

/** A call without an answer: AWS's own name for what happened, the HTTP status when there was one, and what it means. */
export interface AwsFailure {
  readonly error_code: string;
  readonly status?: number;
  readonly meaning: Meaning;
}

/** Reads an error of the SDK, of the network, or of ours; an error that came from neither is thrown again: it is a bug. */
export function failureOf(error: unknown): AwsFailure {
  if (error instanceof CollectError) {
    if (error.code === 'AWS_BUDGET_REACHED') return { error_code: error.code, meaning: 'budget' };
    throw error;
  }
  const { name, code, message, status } = partsOf(error);
  const error_code = code ?? (name !== undefined && BUGS.has(name) && status !== undefined ? `Http${status}` : name);
  const at = status === undefined ? {} : { status };
  if (error_code === undefined || isBug(error, status)) throw error;
  return { error_code, ...at, meaning: meaningOf(error_code, message, status) };
}

/** A failure as the one error the doors print; `iam` are the actions the call needs. */
export function failureError(
  failure: AwsFailure,
  call: { readonly id: string; readonly iam: readonly string[] },
): CollectError {
  const { code, fix } = ADVICE[failure.meaning];
  return new CollectError(code, {
    message: `expected an answer of ${call.id}, got ${failure.error_code}`,
    where: call.id,
    fix: failure.meaning === 'denied' ? `${fix} ${policyLine(call.iam)}` : fix,
  });
}

/** The code of what a failure means, when that has a remedy of its own. */
export function failureCode({ meaning }: AwsFailure): { readonly code?: FailureCode } {
  const { code } = ADVICE[meaning];
  return isFailureCode(code) ? { code } : {};
}

/** Whether the name is one of a refusal by policy. */
export const isDenial = (error_code: string): boolean => DENIED.has(error_code);

/** Whether the same call may succeed later. */
export const isPassing = (error: unknown): boolean => {
  if (error instanceof CollectError) return false;
  const { name, code, message, status } = partsOf(error);
  const meaning = meaningOf(code ?? name ?? '', message, status);
  return meaning === 'throttled' || meaning === 'unavailable';
};

/** Whether AWS asked for fewer calls. */
export const isThrottling = (error: unknown): boolean => {
  const { name, code, status } = partsOf(error);
  return THROTTLING.has(code ?? name ?? '') || status === 429;
};

/** A call that was given up: `CircuitOpen` or `TimeoutError`. */
export const unavailable = (name: 'CircuitOpen' | 'TimeoutError', cause: Error): Error =>
  Object.assign(new Error(cause.message, { cause }), { name });

/** The first line that holds decides: what the message says is finer than the name, the status coarser. */
function meaningOf(name: string, message: string, status = 0): Meaning {
  const tests: readonly (readonly [Meaning, boolean])[] = [
    ['not-enabled', /not enabled for cost explorer/i.test(message)],
    ['no-support-plan', name === 'SubscriptionRequiredException'],
    ['throttled', THROTTLING.has(name) || status === 429],
    ['credentials', CREDENTIALS.has(name)],
    ['denied', DENIED.has(name) || status === 403],
    ['unavailable', UNAVAILABLE.has(name) || isNetworkCode(name) || status >= 500],
    ['date-range', name === 'ValidationException' && /\b(?:date|time period|start|end)\b/i.test(message)],
  ];
  return tests.find(([, holds]) => holds)?.[0] ?? 'refused';
}

/** Errors of the SDK carry `name` and `$metadata`; errors of the network carry a `code` of errno(3). */
function partsOf(error: unknown): { name?: string; code?: string; message: string; status?: number } {
  if (!(error instanceof Error)) return { message: '' };
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  const code: unknown = Reflect.get(error, 'code');
  const errno = typeof code === 'string' && isNetworkCode(code) ? { code } : {};
  return { name: error.name, message: error.message, ...errno, ...(typeof status === 'number' ? { status } : {}) };
}

/** errno(3), and Node's codes of HTTP/2, TLS and certificates. */
const isNetworkCode = (code: string): boolean =>
  UNAVAILABLE.has(code) || /^(?:ERR_HTTP2|ERR_TLS|ERR_SSL|CERT|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO)/.test(code);

const BUGS: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'Error']);
const isBug = (error: unknown, status: number | undefined): boolean =>
  error instanceof Error && BUGS.has(error.name) && status === undefined && partsOf(error).code === undefined;

/** Names of throttling. Source: AWS SDKs, retry behaviour, "throttling errors", 2026-11-20; 429 counts too. */
const THROTTLING: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

/** Names of a refusal by policy. Source: Common Error Types and EC2 API Reference, Error codes, 2026-11-20. */
const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'NotAuthorized',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

/** Names of credentials that are absent, wrong or over. Source: Common Error Types and AWS STS API Reference, 2026-11-20. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** Names of a service or a way to it that is down; the capitals are of errno(3), the rest of AWS, and `CircuitOpen` of `politeness.ts`. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'CircuitOpen',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'NetworkingError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'Unavailable',
]);

function adviceOf(code: FailureCode): { readonly code: FailureCode; readonly fix: string } {
  return { code, fix: FAILURE_ADVICE[code] };
}

const ADVICE: Readonly<Record<Meaning, { readonly code: CollectError['code']; readonly fix: string }>> = {
  denied: { code: 'AWS_ACCESS_DENIED', fix: 'add to the policy of the role:' },
  credentials: adviceOf('AWS_CREDENTIALS'),
  'not-enabled': adviceOf('AWS_COST_EXPLORER_NOT_ENABLED'),
  'no-support-plan': adviceOf('AWS_SUPPORT_PLAN_REQUIRED'),
  'date-range': adviceOf('DATE_RANGE_INVALID'),
  throttled: { code: 'AWS_THROTTLED', fix: 'run again later; what was read is kept' },
  unavailable: { code: 'AWS_UNAVAILABLE', fix: 'check the network and the AWS Health Dashboard, then run again' },
  budget: { code: 'AWS_BUDGET_REACHED', fix: 'raise --max-aws-usd' },
  refused: {
    code: 'AWS_REQUEST_REFUSED',
    fix: 'the service refuses the request for this account or region; see the error name',
  },
};
