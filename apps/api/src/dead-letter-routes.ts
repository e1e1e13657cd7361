import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionHost, ShownDeadLetter } from '@infrafabric/runtime';
import { failures } from './failures.ts';

/** List and show messages that nobody could handle, and do their work again. */
export function addDeadLetters(app: OpenAPIHono, { deadLetters }: SessionHost): void {
  app.openapi(LIST, async (context) => {
    const letters = await deadLetters.list();
    return context.json({ dead_letters: letters.map(shown) }, 200);
  });
  app.openapi(SHOW, async (context) => {
    const { letter, session_state, task } = await deadLetters.show(context.req.valid('param').id);
    return context.json({ ...shown(letter), session_state, task }, 200);
  });
  app.openapi(REDRIVE, async (context) => {
    const redriven = await deadLetters.redrive(context.req.valid('param').id);
    context.header('location', `/v1/sessions/${redriven.redriven_as}`);
    return context.json(redriven, 202);
  });
}

const DeadLetter = z
  .strictObject({
    sha256: z.string().openapi({ description: 'Of the message; its first 8 digits or more name it as well' }),
    role: z.string(),
    session_id: z.string(),
    act: z.string(),
    task_id: z.string().nullable(),
    dispatch: z.int().nullable(),
    code: z.string(),
    detail: z.string(),
    receives: z.int(),
    kept_at: z.iso.datetime(),
    redriven_as: z.string().nullable().openapi({ description: 'The session that did its work again' }),
  })
  .openapi('DeadLetter');

const DeadLetterDetail = DeadLetter.extend({
  session_state: z.string().nullable(),
  task: z.strictObject({ state: z.string(), code: z.string().nullable(), message: z.string().nullable() }).nullable(),
}).openapi('DeadLetterDetail');

function shown({ at_ms, ...letter }: ShownDeadLetter['letter']): z.infer<typeof DeadLetter> {
  return {
    ...letter,
    task_id: letter.task_id ?? null,
    dispatch: letter.dispatch ?? null,
    kept_at: new Date(at_ms).toISOString(),
    redriven_as: letter.redriven_as ?? null,
  };
}

const LetterPath = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: '0192f0c1', description: 'Its sha256' }),
});

const LIST = createRoute({
  method: 'get',
  path: '/v1/dead-letters',
  summary: 'Messages that nobody could handle, the latest first',
  responses: {
    200: {
      description: 'The dead letters',
      content: { 'application/json': { schema: z.strictObject({ dead_letters: z.array(DeadLetter) }) } },
    },
    ...failures(503),
  },
});

const SHOW = createRoute({
  method: 'get',
  path: '/v1/dead-letters/{id}',
  summary: 'One dead letter, and how its task stands',
  request: { params: LetterPath },
  responses: {
    200: { description: 'The dead letter', content: { 'application/json': { schema: DeadLetterDetail } } },
    ...failures(404, 503),
  },
});

const REDRIVE = createRoute({
  method: 'post',
  path: '/v1/dead-letters/{id}/redrive',
  summary:
    'Do the work of its session again, as a new session over the same inputs; all its letters lead to the same one',
  request: { params: LetterPath },
  responses: {
    202: {
      description: 'The new session; it runs',
      headers: z.object({ location: z.string() }),
      content: {
        'application/json': { schema: z.strictObject({ session_id: z.string(), redriven_as: z.string() }) },
      },
    },
    ...failures(404, 409, 503),
  },
});
