import { z } from '@hono/zod-openapi';

/** A file that was uploaded, by its hash; a path of the server is no input. */
const Uploaded = z
  .strictObject(
    {
      upload: z.string().regex(/^[0-9a-f]{64}$/),
      name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/)
        .openapi({ description: 'What the report calls it', example: 'focus.csv.gz' }),
    },
    {
      error: (issue) =>
        issue.code === 'invalid_type' ? 'a path of the server is no input; upload the file' : undefined,
    },
  )
  .openapi('Uploaded');

/** What `POST /v1/sessions` takes. */
export const SessionAsk = z
  .strictObject({
    inputs: z
      .literal('demo')
      .optional()
      .openapi({ description: 'The sample that ships with InfraFabric, judged at 2026-11-20' }),
    bills: z
      .array(Uploaded)
      .min(1)
      .max(100)
      .optional()
      .openapi({ description: 'Uploaded files; together they are one bill' }),
    as_of: z.iso.date().optional().openapi({ description: 'The only date judgement sees; today (UTC) when absent' }),
    question: z.string().min(1).max(2_000).optional().openapi({ description: 'Answered by rule; no model is asked' }),
    budget_usd: z
      .string()
      .regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$/)
      .optional()
      .openapi({ description: 'Monthly budget the forecast is compared with', example: '500' }),
    agents: z
      .array(z.enum(['pricing', 'rightsizing', 'upgrade-risk', 'budget']))
      .min(1)
      .max(4)
      .optional(),
  })
  .refine(({ inputs, bills }) => (inputs === undefined) !== (bills === undefined), {
    message: 'expected either inputs "demo" or bills',
  })
  .refine(({ inputs, as_of }) => inputs === undefined || as_of === undefined, {
    path: ['as_of'],
    message: 'the demo is judged at its own date',
  })
  .openapi('SessionAsk');

/** A session as lists show it. */
export const Session = z
  .strictObject({
    session_id: z.string(),
    state: z.string(),
    started_at: z.iso.datetime(),
    as_of: z.iso.date(),
    abandoned: z.boolean(),
  })
  .openapi('Session');

/** A session with how many of its tasks are in which state. */
export const SessionDetail = z
  .strictObject({ ...Session.shape, tasks: z.record(z.string(), z.int().nonnegative()) })
  .openapi('SessionDetail');

/** Every session, newest first. */
export const SessionList = z.strictObject({ sessions: z.array(Session) }).openapi('SessionList');

/** The path parameter of everything below one session. */
export const SessionPath = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 's-01936f2a-7c00-7000-8000-000000000000' }),
});

/** What a cancellation answers: the state the session has now; its coordinator ends it. */
export const Cancelled = z.strictObject({ session_id: z.string(), state: z.string() }).openapi('Cancelled');

/** The header that makes a start repeatable. */
export const StartHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7E]{1,255}$/)
    .optional()
    .openapi({ description: 'The same key with the same body gives the same session, for ever' }),
});
