import { z } from '@hono/zod-openapi';

/** What `POST /v1/sessions` takes. */
export const SessionAsk = z
  .strictObject({
    inputs: z.literal('demo').openapi({ description: 'The sample that ships with InfraFabric, judged at 2026-11-20' }),
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
