import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionHost, SessionLine } from '@infrafabric/runtime';
import {
  Session,
  SessionAsk,
  SessionDetail,
  SessionList,
  SessionPath,
  SessionState,
  StartHeaders,
  taskCounts,
} from './api-schemas.ts';
import { ApiError } from './errors.ts';
import { failures } from './failures.ts';
import { hostedOf } from './hosted.ts';
import { checkJson } from './json-body.ts';

/** Start, list, show, cancel and resume sessions. */
export function addSessions(app: OpenAPIHono, host: SessionHost): void {
  app.use('/v1/sessions', checkJson);
  app.openapi(START, async (context) => {
    const session = await host.start(
      hostedOf(context.req.valid('json')),
      context.req.valid('header')['idempotency-key'],
    );
    context.header('location', `/v1/sessions/${session.session_id}`);
    return context.json(shown(session), 202);
  });
  app.openapi(LIST, async (context) => context.json({ sessions: (await host.list()).map(shown) }, 200));
  app.openapi(SHOW, async (context) => {
    const { session, last_progress_age_seconds, tasks } = await host.show(context.req.valid('param').id);
    return context.json({ ...shown(session), last_progress_age_seconds, tasks: taskCounts(tasks) }, 200);
  });
  app.openapi(CANCEL, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await changedState(id, host.cancel), 202);
  });
  app.openapi(RESUME, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await changedState(id, host.resume), 202);
  });
}

/** @throws ApiError `SESSION_TERMINAL` when the session was over. */
async function changedState(id: string, change: SessionHost['cancel']): Promise<z.infer<typeof SessionState>> {
  const { state, changed } = await change(id);
  if (!changed) throw new ApiError('SESSION_TERMINAL', { message: `the session ended ${state}`, where: id });
  return { session_id: id, state };
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
    ...failures(400, 409, 413, 415, 422, 503, 507),
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
    202: { description: 'It stops', content: { 'application/json': { schema: SessionState } } },
    ...failures(400, 404, 409, 503),
  },
});

const RESUME = createRoute({
  method: 'post',
  path: '/v1/sessions/{id}/resume',
  summary: 'See to it that a session whose process died is brought to its end; finished tasks are not run again',
  request: { params: SessionPath },
  responses: {
    202: { description: 'It runs', content: { 'application/json': { schema: SessionState } } },
    ...failures(400, 404, 409, 503),
  },
});
