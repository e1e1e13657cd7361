import { getConnInfo } from '@hono/node-server/conninfo';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { SessionHost } from '@infrafabric/runtime';
import { requireBearer } from './bearer.ts';
import { addDocuments } from './documents.ts';
import { ApiError } from './errors.ts';
import { addEvents } from './event-routes.ts';
import { addInputs } from './input-routes.ts';
import { limitBody, refuseInvalid } from './json-body.ts';
import { requireOwnOrigin } from './origin.ts';
import { problemResponse } from './problem.ts';
import { openMetrics } from './metrics.ts';
import { limitRate, REQUESTS_PER_MINUTE } from './rate-limit.ts';
import { addReports } from './report-routes.ts';
import { addSessions } from './session-routes.ts';

/** What the HTTP door checks requests against. */
export interface AppOptions {
  /** Host names this server goes by, beside those of loopback. */
  readonly names: readonly string[];
}

/** Every route and what a request passes before it reaches one: whose page asks, how often, who, how much. */
export function createApp(host: SessionHost, { names }: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  app.onError((error, { req }) => leaveUnread(problemResponse(error), req.method));
  app.notFound(() =>
    problemResponse(
      new ApiError('ROUTE_NOT_FOUND', { message: 'nothing is at this path', fix: 'the routes are in /openapi.json' }),
    ),
  );
  const metrics = openMetrics();
  app.use(metrics.count);
  app.use(requireOwnOrigin(names));
  app.use(limitRate(REQUESTS_PER_MINUTE, (context) => getConnInfo(context).remote.address ?? ''));
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  const bearer = requireBearer(host.token.token);
  app.use('/v1/*', bearer);
  app.use('/metrics', bearer);
  metrics.addTo(app, host);
  app.use('/v1/sessions/*', limitBody);
  addInputs(app, host);
  addSessions(app, host);
  addEvents(app, host);
  addReports(app, host);
  addDocuments(app);
  return app;
}

/** Ends the connection after a refusal whose body may not have been read: what is left of it is no next request (RFC 9112 section 9.3). */
function leaveUnread(response: Response, method: string): Response {
  if (method !== 'GET' && method !== 'HEAD') response.headers.set('connection', 'close');
  return response;
}
