import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Observer, SessionEvent } from '@infrafabric/protocol';
import type { SessionHost } from '@infrafabric/runtime';
import type { MiddlewareHandler } from 'hono';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers of one server in the text format of Prometheus. */
export interface Metrics {
  /** Counts every answer, also refusals. */
  readonly count: MiddlewareHandler;
  /** Counts what happens in the sessions this server runs. */
  readonly observer: Observer;
  /** Adds `/metrics`; the sessions, what waits and how long are looked up when it is asked. */
  readonly addTo: (app: OpenAPIHono, host: SessionHost) => void;
}

/** Makes the numbers of one server; no label takes a value that a caller chooses. */
export function openMetrics(): Metrics {
  const all = new Registry();
  const requests = new Counter({
    name: 'infrafabric_http_requests_total',
    help: 'Requests answered, by status',
    labelNames: ['status'],
    registers: [all],
  });
  const sessions = new Gauge({
    name: 'infrafabric_sessions',
    help: 'Sessions of this tenant, by state',
    labelNames: ['state'],
    registers: [all],
  });
  const standing = openStanding(all);
  return {
    observer: countEvents(all),
    async count(context, next) {
      await next();
      requests.inc({ status: String(context.res.status) });
    },
    addTo(app, host) {
      app.get('/metrics', async (context) => {
        sessions.reset();
        for (const { state } of await host.list()) sessions.inc({ state });
        standing(await host.gauges());
        return context.body(await all.metrics(), 200, { 'content-type': all.contentType });
      });
    },
  };
}

/** Gauges of how the open sessions stand, whoever runs them. */
function openStanding(all: Registry): (open: Awaited<ReturnType<SessionHost['gauges']>>) => void {
  const depth = new Gauge({
    name: 'infrafabric_queue_depth',
    help: 'Tasks dispatched to a role that have not ended',
    labelNames: ['role'],
    registers: [all],
  });
  const age = new Gauge({
    name: 'infrafabric_last_progress_age_seconds',
    help: 'Time since the open session that waits longest last moved on; 0 when none is open',
    registers: [all],
  });
  return (open) => {
    depth.reset();
    for (const { queueDepth } of open)
      for (const [role, tasks] of Object.entries(queueDepth)) depth.inc({ role }, tasks);
    age.set(Math.max(0, ...open.map(({ lastProgressAgeMs }) => lastProgressAgeMs)) / 1_000);
  };
}

/** Upper bounds of the buckets of task times, in seconds. */
const TASK_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Counters of what happens, from the events the log lines and CloudWatch are made of too. */
function countEvents(all: Registry): Observer {
  const tasks = new Counter({
    name: 'infrafabric_tasks_total',
    help: 'Tasks that ended, by role and state',
    labelNames: ['role', 'state'],
    registers: [all],
  });
  const seconds = new Histogram({
    name: 'infrafabric_task_seconds',
    help: 'Time an agent worked on one task, from lease to answer',
    labelNames: ['role'],
    buckets: TASK_SECONDS,
    registers: [all],
  });
  const refused = new Counter({
    name: 'infrafabric_messages_refused_total',
    help: 'Messages without effect, by the code of their refusal',
    labelNames: ['code'],
    registers: [all],
  });
  const counters: Counters = { tasks, seconds, refused, ...modelCounters(all) };
  return { event: (event) => countEvent(event, counters) };
}

interface Counters {
  readonly tasks: Counter;
  readonly seconds: Histogram;
  readonly refused: Counter;
  readonly tokens: Counter;
  readonly usd: Counter;
}

function modelCounters(all: Registry): Pick<Counters, 'tokens' | 'usd'> {
  const tokens = new Counter({
    name: 'infrafabric_model_tokens_total',
    help: 'Tokens of model calls, in and out',
    labelNames: ['model'],
    registers: [all],
  });
  const usd = new Counter({
    name: 'infrafabric_model_usd_total',
    help: 'USD spent on model calls, as priced by the dated table',
    labelNames: ['model'],
    registers: [all],
  });
  return { tokens, usd };
}

function countEvent(event: SessionEvent, { tasks, seconds, refused, tokens, usd }: Counters): void {
  if (event.type === 'task-settled') {
    tasks.inc({ role: event.role, state: event.state });
    if (event.execution_time_ms !== undefined) seconds.observe({ role: event.role }, event.execution_time_ms / 1_000);
  } else if (event.type === 'message-refused') {
    refused.inc({ code: event.code });
  } else if (event.type === 'model-called') {
    tokens.inc({ model: event.model }, event.input_tokens + event.output_tokens);
    usd.inc({ model: event.model }, Number(event.usd));
  }
}
