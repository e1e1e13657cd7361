import { type ErrorDetail, type ErrorKind, InfraFabricError } from '@infrafabric/protocol';

const CODES = {
  TASK_UNSUPPORTED: { kind: 'bug', retry: 'never' },
  WORK_LIST_INVALID: { kind: 'bug', retry: 'never' },
  LIVE_UNAVAILABLE: { kind: 'environment', retry: 'never' },
  PLAN_LOST: { kind: 'environment', retry: 'never' },
  STATE_LOST: { kind: 'environment', retry: 'never' },
  LEASE_LOST: { kind: 'environment', retry: 'later' },
} as const satisfies Record<string, { kind: ErrorKind; retry: 'never' | 'later' }>;

/** Why an agent or the coordinator did not finish: all are final but a lost lease, which its new holder makes good. */
export type AgentErrorCode = keyof typeof CODES;

/** What went wrong inside an agent or the coordinator, as opposed to on a wire or in an input. */
export class AgentError extends InfraFabricError<AgentErrorCode> {
  readonly kind: ErrorKind;
  readonly retry: 'never' | 'later';

  constructor(code: AgentErrorCode, detail: ErrorDetail) {
    super(code, detail);
    this.kind = CODES[code].kind;
    this.retry = CODES[code].retry;
  }
}
