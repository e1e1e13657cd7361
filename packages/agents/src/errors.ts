import { type ErrorDetail, InfraFabricError } from '@infrafabric/protocol';

/** Why an agent did not finish: all are final but a lost lease, which another worker makes good. */
export type AgentErrorCode = 'TASK_UNSUPPORTED' | 'WORK_LIST_INVALID' | 'LEASE_LOST' | 'STATE_LOST' | 'PLAN_LOST';

/** What went wrong inside an agent or the coordinator, as opposed to on a wire or in an input. */
export class AgentError extends InfraFabricError<AgentErrorCode> {
  readonly kind = 'bug';
  readonly retry: 'never' | 'later';

  constructor(code: AgentErrorCode, detail: ErrorDetail) {
    super(code, detail);
    this.retry = code === 'LEASE_LOST' ? 'later' : 'never';
  }
}
