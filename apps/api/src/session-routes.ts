import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionHost, SessionLine } from '@infrafabric/runtime';
import { Session, SessionAsk, SessionDetail, SessionList, SessionPath } from './api-schemas.ts';
import { failures } from './failures.ts';
import { checkJson } from './json-body.ts';

/** Start, list and show sessions. */
export function addSessions(app: OpenAPIHono, host: SessionHost): void {
  app.use('/v1/sessions', async (context, next) => (context.req.method === 'POST' ? checkJson(context, next) : next()));
  app.openapi(START, async (context) => {
    const { question, budget_usd, agents } = context.req.valid('json');
    const session = await host.start({ demo: true, question, budgetUsd: budget_usd, agents });
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
}

const shown = (session: SessionLine): z.infer<typeof Session> => ({ ...session });

const START = createRoute({
  method: 'post',
  path: '/v1/sessions',
  summary: 'Start an analysis',
  request: { body: { required: true, content: { 'application/json': { schema: SessionAsk } } } },
  responses: {
    202: {
      description: 'The session; it runs',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: Session } },
    },
    ...failures(400, 413, 415, 422, 503),
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
