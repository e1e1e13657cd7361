import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Schedule, Schedules } from '@infrafabric/runtime';
import { ScheduleAsk, ScheduleDetail } from './api-schemas.ts';
import { ApiError } from './errors.ts';
import { failures } from './failures.ts';
import { askedOf, hostedOf } from './hosted.ts';
import { checkJson } from './json-body.ts';

/** Analyses that are started again and again while the server runs. */
export function addSchedules(app: OpenAPIHono, schedules: Schedules): void {
  app.use('/v1/schedules/*', checkJson);
  app.openapi(LIST, (context) => context.json({ schedules: schedules.list().map(shown) }, 200));
  app.openapi(SHOW, (context) => context.json(shown(found(schedules, context.req.valid('param').name)), 200));
  app.openapi(PUT, (context) => {
    const { name } = context.req.valid('param');
    const { cron, analysis } = context.req.valid('json');
    const { fresh } = schedules.put(name, { cron, asked: hostedOf(analysis) });
    return context.json(shown(found(schedules, name)), fresh ? 201 : 200);
  });
  app.openapi(DELETE, (context) => {
    const { name } = context.req.valid('param');
    if (!schedules.remove(name)) throw unknown(name);
    return context.body(null, 204);
  });
}

function shown({ name, cron, next_run, last_run, asked }: Schedule): z.infer<typeof ScheduleDetail> {
  return { name, cron, next_run, last_run, analysis: askedOf(asked) };
}

function found(schedules: Schedules, name: string): Schedule {
  const schedule = schedules.list().find((one) => one.name === name);
  if (schedule === undefined) throw unknown(name);
  return schedule;
}

function unknown(name: string): ApiError {
  return new ApiError('SCHEDULE_NOT_FOUND', { message: 'no schedule has this name', where: name });
}

const params = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .openapi({ param: { name: 'name', in: 'path' }, example: 'nightly' }),
});

const one = { 'application/json': { schema: ScheduleDetail } };

const LIST = createRoute({
  method: 'get',
  path: '/v1/schedules',
  summary: 'Every schedule, with its next and its last run',
  responses: {
    200: {
      description: 'The schedules, by name',
      content: {
        'application/json': { schema: z.strictObject({ schedules: z.array(ScheduleDetail) }).openapi('ScheduleList') },
      },
    },
    ...failures(503),
  },
});

const SHOW = createRoute({
  method: 'get',
  path: '/v1/schedules/{name}',
  summary: 'One schedule',
  request: { params },
  responses: { 200: { description: 'The schedule', content: one }, ...failures(404, 422, 503) },
});

const PUT = createRoute({
  method: 'put',
  path: '/v1/schedules/{name}',
  summary:
    'Start an analysis at every due time while the server runs; one whose last session is not over is skipped, one it slept through is not made up for',
  request: { params, body: { required: true, content: { 'application/json': { schema: ScheduleAsk } } } },
  responses: {
    200: { description: 'It was replaced', content: one },
    201: { description: 'It is made', content: one },
    ...failures(400, 413, 415, 422, 503),
  },
});

const DELETE = createRoute({
  method: 'delete',
  path: '/v1/schedules/{name}',
  summary: 'Remove a schedule; sessions it started go on',
  request: { params },
  responses: { 204: { description: 'It is removed' }, ...failures(404, 422, 503) },
});
