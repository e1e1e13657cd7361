import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import type { MiddlewareHandler } from 'hono';
import { Counter, Gauge, Registry } from 'prom-client';

/** Numbers of one server in the text format of Prometheus. */
export interface Metrics {
  /** Counts every answer, also refusals. */
  readonly count: MiddlewareHandler;
  /** Adds `/metrics`; the sessions are counted when it is asked. */
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
  return {
    async count(context, next) {
      await next();
      requests.inc({ status: String(context.res.status) });
    },
    addTo(app, host) {
      app.get('/metrics', async (context) => {
        sessions.reset();
        for (const { state } of await host.list()) sessions.inc({ state });
        return context.body(await all.metrics(), 200, { 'content-type': all.contentType });
      });
    },
  };
}
