import { CodedError, type ErrorDetail } from '@infrafabric/protocol';

/** Every refusal of the HTTP door itself, and its status. */
export const STATUS = {
  AUTH_REQUIRED: 401,
  AUTH_INVALID: 401,
  AUTH_SCOPE: 403,
  ORIGIN_FORBIDDEN: 403,
  ROUTE_NOT_FOUND: 404,
  FILE_NOT_FOUND: 404,
  INPUT_NOT_FOUND: 404,
  REPORT_NONE: 404,
  SCHEDULE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE: 415,
  JSON_INVALID: 400,
  JSON_TOO_DEEP: 400,
  FIELD_UNKNOWN: 422,
  FIELD_INVALID: 422,
  INPUT_PATH_FORBIDDEN: 422,
  SESSION_TERMINAL: 409,
  RATE_LIMITED: 429,
} as const satisfies Record<string, number>;

/** What the HTTP door refuses before or after the one call into `runtime`. */
export type ApiErrorCode = keyof typeof STATUS;

/** A refusal of the HTTP door; `RATE_LIMITED` may be asked again. */
export class ApiError extends CodedError<ApiErrorCode> {
  constructor(code: ApiErrorCode, detail: ErrorDetail) {
    super(code, detail, { kind: 'usage', retry: code === 'RATE_LIMITED' ? 'later' : 'never' });
  }
}
