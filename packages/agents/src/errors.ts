import { CodedError, type ErrorDetail, type Recourse } from '@infrafabric/protocol';

const CODES = {
  TASK_UNSUPPORTED: { kind: 'bug', retry: 'never' },
  WORK_LIST_INVALID: { kind: 'bug', retry: 'never' },
  LIVE_UNAVAILABLE: { kind: 'environment', retry: 'never' },
  PLAN_LOST: { kind: 'environment', retry: 'never' },
  STATE_LOST: { kind: 'environment', retry: 'never' },
  LEASE_LOST: { kind: 'environment', retry: 'later' },
  DEADLINE: { kind: 'environment', retry: 'never' },
  OUT_OF_TIME: { kind: 'environment', retry: 'later' },
} as const satisfies Record<string, Recourse>;

/** Why an agent or the coordinator did not finish: all are final but a lost lease, which its new holder makes good, and work laid down. */
export type AgentErrorCode = keyof typeof CODES;

/** What went wrong inside an agent or the coordinator, as opposed to on a wire or in an input. */
export class AgentError extends CodedError<AgentErrorCode> {
  constructor(code: AgentErrorCode, detail: ErrorDetail) {
    super(code, detail, CODES[code]);
  }
}
