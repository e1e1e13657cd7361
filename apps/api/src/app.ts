import { OpenAPIHono } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import type { Context } from 'hono';
import { getPath } from 'hono/utils/url';
import { addAws } from './aws-routes.ts';
import { requireBearer } from './bearer.ts';
import { addCatalogues } from './catalogue-routes.ts';
import { addDeadLetters } from './dead-letter-routes.ts';
import { addDocuments, methodsAt } from './documents.ts';
import { ApiError } from './errors.ts';
import { addEvents } from './event-routes.ts';
import { addInputs } from './input-routes.ts';
import { limitBody, refuseInvalid } from './json-body.ts';
import { requireOwnOrigin } from './origin.ts';
import { problemResponse } from './problem.ts';
import { type Metrics, openMetrics } from './metrics.ts';
import { limitRate } from './rate-limit.ts';
import { addReports } from './report-routes.ts';
import { addSchedules } from './schedule-routes.ts';
import { addSessions } from './session-routes.ts';

/** What the HTTP door checks requests against. */
export interface AppOptions {
  /** Host names this server goes by, beside those of loopback. */
  readonly names: readonly string[];
  /** Requests one address may make in a minute, with or without a token. */
  readonly requestsPerMinute: number;
  /** Where a request comes from, as who mounts the app knows it. */
  readonly addressOf: (context: Context) => string;
  /** Those of the host whose sessions are counted; of the requests alone unless given. */
  readonly metrics?: Metrics;
}

/**
 * Every route and what a request passes before it reaches one: whose page asks, how often, who, how much. It listens nowhere:
 * hand its `fetch` to a server.
 */
export function createApp(host: SessionHost, options: AppOptions): OpenAPIHono {
  const { names, requestsPerMinute, addressOf, metrics = openMetrics() } = options;
  const app = new OpenAPIHono({ defaultHook: refuseInvalid, getPath: pathOf });
  app.onError((error, { req }) => leaveUnread(problemResponse(error), req.method));
  app.notFound(({ req }) => nothingAt(app, req));
  app.use(metrics.count);
  app.use(requireOwnOrigin(names));
  app.use(limitRate(requestsPerMinute, addressOf));
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  const bearer = requireBearer(host.admit);
  app.use('/v1/*', bearer);
  app.use('/metrics', bearer);
  metrics.addTo(app, host);
  for (const path of ['/v1/sessions/*', '/v1/aws/*', '/v1/schedules/*']) app.use(path, limitBody);
  addInputs(app, host);
  addSessions(app, host);
  addEvents(app, host);
  addReports(app, host);
  addDeadLetters(app, host);
  addAws(app, host);
  if (host.schedules !== undefined) addSchedules(app, host.schedules);
  addCatalogues(app);
  addDocuments(app);
  return app;
}

/** `/api/v1/…` is another name of `/v1/…`. */
function pathOf(request: Request): string {
  const path = getPath(request);
  return path.startsWith('/api/v1/') ? path.slice('/api'.length) : path;
}

function nothingAt(app: OpenAPIHono, { path, method }: { readonly path: string; readonly method: string }): Response {
  const allowed = methodsAt(app, path);
  if (allowed.length === 0) {
    return leaveUnread(
      problemResponse(
        new ApiError('ROUTE_NOT_FOUND', { message: 'nothing is at this path', fix: 'the routes are in /openapi.json' }),
      ),
      method,
    );
  }
  const response = problemResponse(
    new ApiError('METHOD_NOT_ALLOWED', { message: `expected ${allowed.join(' or ')}, got ${method.slice(0, 20)}` }),
  );
  response.headers.set('allow', allowed.join(', '));
  return leaveUnread(response, method);
}

/** Ends the connection after a refusal whose body may not have been read: what is left of it is no next request (RFC 9112 section 9.3). */
function leaveUnread(response: Response, method: string): Response {
  if (method !== 'GET' && method !== 'HEAD') response.headers.set('connection', 'close');
  return response;
}
