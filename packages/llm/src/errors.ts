import { CodedError, type ErrorDetail, type Recourse } from '@infrafabric/protocol';

const RECOURSE = {
  LLM_AUTH: { kind: 'environment', retry: 'never' },
  LLM_MODEL_UNKNOWN: { kind: 'usage', retry: 'never' },
  LLM_BAD_REQUEST: { kind: 'bug', retry: 'never' },
  LLM_REFUSED: { kind: 'environment', retry: 'never' },
  LLM_TRUNCATED: { kind: 'environment', retry: 'never' },
  LLM_OUTPUT_INVALID: { kind: 'environment', retry: 'later' },
  LLM_THROTTLED: { kind: 'environment', retry: 'later' },
  LLM_OVERLOADED: { kind: 'environment', retry: 'later' },
  LLM_UNAVAILABLE: { kind: 'environment', retry: 'later' },
  LLM_TIMEOUT: { kind: 'environment', retry: 'later' },
  LLM_CIRCUIT_OPEN: { kind: 'environment', retry: 'never' },
  LLM_CANCELLED: { kind: 'cancelled', retry: 'never' },
  BUDGET_EXCEEDED: { kind: 'budget', retry: 'never' },
} as const satisfies Record<string, Recourse>;

/** Why a model did not answer. */
export type LlmErrorCode = keyof typeof RECOURSE;

/** What an {@link LlmError} tells besides an error's own. */
export interface LlmErrorDetail extends ErrorDetail {
  /** The provider said itself that it did not run the request, so nothing is charged for it. */
  readonly isUnpaid?: boolean;
}

/** A model that did not answer, or may not be asked. Its message never holds what was sent or what came back. */
export class LlmError extends CodedError<LlmErrorCode> {
  readonly isUnpaid: boolean;

  constructor(code: LlmErrorCode, detail: LlmErrorDetail) {
    super(code, detail, RECOURSE[code]);
    this.isUnpaid = detail.isUnpaid === true;
  }
}
