import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionHost, SessionLine } from '@infrafabric/runtime';
import {
  Cancelled,
  Session,
  SessionAsk,
  SessionDetail,
  SessionList,
  SessionPath,
  StartHeaders,
} from './api-schemas.ts';
import { ApiError } from './errors.ts';
import { failures } from './failures.ts';
import { checkJson } from './json-body.ts';

/** Start, list, show and cancel sessions. */
export function addSessions(app: OpenAPIHono, host: SessionHost): void {
  app.use('/v1/sessions', async (context, next) => (context.req.method === 'POST' ? checkJson(context, next) : next()));
  app.openapi(START, async (context) => {
    const { inputs, bills, as_of, question, budget_usd, agents } = context.req.valid('json');
    const uploads = bills?.map(({ upload, name }) => ({ sha256: upload, name }));
    const session = await host.start(
      { demo: inputs === 'demo', bills: uploads, asOf: as_of, question, budgetUsd: budget_usd, agents },
      context.req.valid('header')['idempotency-key'],
    );
    context.header('location', `/v1/sessions/${session.session_id}`);
    return context.json(shown(session), 202);
  });
  app.openapi(LIST, async (context) => context.json({ sessions: (await host.list()).map(shown) }, 200));
  app.openapi(SHOW, async (context) => {
    const { session, tasks } = await host.show(context.req.valid('param').id);
    const counts: Record<string, number> = {};
    for (const { state } of tasks) counts[state] = (counts[state] ?? 0) + 1;
    return context.json({ ...shown(session), tasks: counts }, 200);
  });
  app.openapi(CANCEL, async (context) => {
    const { id } = context.req.valid('param');
    const { state, changed } = await host.cancel(id);
    if (!changed) throw new ApiError('SESSION_TERMINAL', { message: `the session ended ${state}`, where: id });
    return context.json({ session_id: id, state }, 202);
  });
}

const shown = (session: SessionLine): z.infer<typeof Session> => ({ ...session });

const START = createRoute({
  method: 'post',
  path: '/v1/sessions',
  summary: 'Start an analysis',
  request: { headers: StartHeaders, body: { required: true, content: { 'application/json': { schema: SessionAsk } } } },
  responses: {
    202: {
      description: 'The session; it runs',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: Session } },
    },
    ...failures(400, 409, 413, 415, 422, 503),
  },
});

const LIST = createRoute({
  method: 'get',
  path: '/v1/sessions',
  summary: 'Every session, newest first',
  responses: {
    200: { description: 'The sessions', content: { 'application/json': { schema: SessionList } } },
    ...failures(503),
  },
});

const SHOW = createRoute({
  method: 'get',
  path: '/v1/sessions/{id}',
  summary: 'One session and how far it is',
  request: { params: SessionPath },
  responses: {
    200: { description: 'The session', content: { 'application/json': { schema: SessionDetail } } },
    ...failures(400, 404, 503),
  },
});

const CANCEL = createRoute({
  method: 'post',
  path: '/v1/sessions/{id}/cancel',
  summary: 'Ask a session to stop',
  request: { params: SessionPath },
  responses: {
    202: { description: 'It stops', content: { 'application/json': { schema: Cancelled } } },
    ...failures(400, 404, 409, 503),
  },
});
