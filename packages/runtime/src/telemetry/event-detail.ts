import type { SessionEvent } from '@infrafabric/protocol';

/** What a log line says of an event beside who, when and where: words of closed sets, ids, and numbers under `metrics`. */
export interface EventDetail {
  readonly level: 'info' | 'warn' | 'error';
  readonly status: Status;
  readonly role?: string;
  readonly task_id?: string;
  /** Of our closed set. */
  readonly code?: string;
  readonly phase?: string;
  readonly reason?: string;
  readonly model?: string;
  readonly sha256?: string;
  readonly metrics?: Readonly<Record<string, number>>;
}

type Status = 'started' | 'planned' | 'success' | 'failure' | 'cancelled' | 'retry' | 'refused' | 'gaps';

/** The detail of an event; only what is named here can reach a log. */
export function detailOf(event: SessionEvent): EventDetail {
  if ('task_id' in event) return taskDetail(event);
  switch (event.type) {
    case 'session-started':
      return { level: 'info', status: 'started' };
    case 'plan-made':
      return { level: 'info', status: 'planned', phase: event.phase, metrics: { tasks: event.tasks } };
    case 'message-refused':
      return { level: 'warn', status: 'refused', code: event.code, sha256: event.wire_sha256 };
    case 'dead-letter':
      return { level: 'error', status: 'failure', role: event.role, code: event.code, sha256: event.wire_sha256 };
    case 'model-called':
      return { level: 'info', status: 'success', model: event.model, metrics: callMetrics(event) };
    case 'report-made':
      return { level: 'info', status: 'success', sha256: event.report_sha256, metrics: reportMetrics(event) };
    default:
      return { level: event.state === 'FAILED' ? 'error' : 'info', status: STATUS_OF[event.state] ?? 'failure' };
  }
}

type Event<Type extends SessionEvent['type']> = Extract<SessionEvent, { readonly type: Type }>;

const STATUS_OF: Readonly<Record<string, Status>> = {
  DONE: 'success',
  DONE_WITH_GAPS: 'gaps',
  FAILED: 'failure',
  CANCELLED: 'cancelled',
};

function taskDetail(event: Extract<SessionEvent, { readonly task_id: string }>): EventDetail {
  switch (event.type) {
    case 'task-leased':
      return { level: 'info', status: 'started', ...taskOf(event), metrics: { attempt: event.attempt } };
    case 'task-revoked':
      return { level: 'warn', status: 'retry', ...taskOf(event), reason: event.reason };
    default:
      return endOf(event);
  }
}

const taskOf = ({ role, task_id }: Event<'task-leased' | 'task-revoked' | 'task-ended' | 'task-settled'>) => ({
  role,
  task_id,
});

function endOf(event: Event<'task-ended' | 'task-settled'>): EventDetail {
  const time = 'execution_time_ms' in event ? event.execution_time_ms : undefined;
  return {
    level: event.state === 'FAILED' ? 'error' : 'info',
    status: STATUS_OF[event.state] ?? 'failure',
    ...taskOf(event),
    ...(event.code === undefined ? {} : { code: event.code }),
    ...(time === undefined ? {} : { metrics: { execution_time_ms: time } }),
  };
}

function callMetrics({ input_tokens, output_tokens, usd }: Event<'model-called'>): Record<string, number> {
  return { tokens_input: input_tokens, tokens_output: output_tokens, cost_usd: Number(usd) };
}

function reportMetrics({ findings, analysis }: Event<'report-made'>): Record<string, number> {
  if (analysis === undefined) return { findings };
  const { duration_ms, all } = analysis;
  return { findings, resources: all.resources, duration_ms, monthly_savings_usd: Number(all.monthly_savings_usd) };
}
