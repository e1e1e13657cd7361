import { z } from '@hono/zod-openapi';

/** 64 hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file that was uploaded, by its hash; a path of the server is no input. */
const Uploaded = z
  .strictObject({
    upload: Sha256,
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/)
      .openapi({ description: 'What the report calls it', example: 'focus.csv.gz' }),
  })
  .openapi('Uploaded');

/** An object of the bucket this installation keeps its results in. */
const InBucket = z
  .strictObject({
    object: z.string().min(6).max(1_100).openapi({
      description: 'Its address, in the folder inputs/ of the tenant',
      example: 's3://infrafabric-results/t/local/inputs/focus.csv.gz',
    }),
  })
  .openapi('InBucket');

const Input = z.union([Uploaded, InBucket]);

const AsOf = z.iso.date().optional().openapi({ description: 'The only date judgement sees; today (UTC) when absent' });

/** What an analysis may be told whatever it reads. */
const terms = {
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
};

/** What `POST /v1/sessions` takes. */
export const SessionAsk = z
  .strictObject({
    inputs: z.literal('demo').optional().openapi({
      description: 'The sample that ships with InfraFabric, judged at 2026-11-20; no other input goes with it',
    }),
    estate: Input.optional().openapi({ description: 'A zip of an estate directory' }),
    bills: z.array(Input).min(1).max(100).optional().openapi({ description: 'Files that together are one bill' }),
    as_of: AsOf,
    ...terms,
  })
  .refine(({ inputs, estate, bills }) => (inputs === undefined) !== (estate === undefined && bills === undefined), {
    message: 'expected either inputs "demo", or an estate, bills or both',
  })
  .refine(({ inputs, as_of }) => inputs === undefined || as_of === undefined, {
    path: ['as_of'],
    message: 'the demo is judged at its own date',
  })
  .openapi('SessionAsk');

const places = {
  regions: z
    .array(z.string().regex(/^[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}$/))
    .min(1)
    .max(50)
    .optional()
    .openapi({ description: 'Regions to read; the setting of the server when absent', example: ['eu-west-1'] }),
  days: z.int().min(1).max(365).optional().openapi({ description: 'Days of hourly metrics and of cost' }),
};

/** What a collection from the AWS account of the server takes. */
export const CollectAsk = z.strictObject(places).openapi('CollectAsk');

/** What an analysis of the AWS account of the server takes. */
export const AnalysisAsk = z.strictObject({ ...places, as_of: AsOf, ...terms }).openapi('AnalysisAsk');

/** What a schedule starts each time: a day's session is judged at that day. */
const ScheduledAnalysis = z
  .strictObject({
    inputs: z.literal('demo').optional(),
    estate: Input.optional(),
    bills: z.array(Input).min(1).max(100).optional(),
    live: z.strictObject(places).optional().openapi({ description: 'Read the AWS account of the server' }),
    ...terms,
  })
  .refine(
    ({ inputs, estate, bills, live }) =>
      (inputs === undefined) !== (estate === undefined && bills === undefined && live === undefined),
    { message: 'expected either inputs "demo", or an estate, bills, live or several of them' },
  )
  .openapi('ScheduledAnalysis');

/** What `PUT /v1/schedules/{name}` takes. */
export const ScheduleAsk = z
  .strictObject({
    cron: z.string().max(100).openapi({ description: 'Minute, hour, day, month, weekday; UTC', example: '0 2 * * *' }),
    analysis: ScheduledAnalysis,
  })
  .openapi('ScheduleAsk');

/** A schedule as lists show it. */
export const ScheduleDetail = z
  .strictObject({
    name: z.string(),
    cron: z.string(),
    next_run: z.iso.datetime().nullable(),
    last_run: z
      .strictObject({
        due: z.iso.datetime(),
        session_id: z.string().nullable(),
        code: z.string().nullable().openapi({ description: 'What kept it from starting a session' }),
      })
      .nullable(),
    analysis: ScheduledAnalysis,
  })
  .openapi('Schedule');

/** A session as lists show it. */
export const Session = z
  .strictObject({
    session_id: z.string(),
    state: z.string(),
    started_at: z.iso.datetime(),
    as_of: z.iso.date(),
    deadline: z.iso.datetime().openapi({ description: 'It ends then at the latest, with what is not done as gaps' }),
    abandoned: z.boolean().openapi({ description: 'Not over, and the process that ran it is gone' }),
    holder: z
      .enum(['alive', 'gone', 'elsewhere', 'nobody'])
      .nullable()
      .openapi({ description: 'The process that coordinates it; null when it is over' }),
    code: z.string().nullable().openapi({ description: 'Why it failed' }),
  })
  .openapi('Session');

const Tasks = z.record(z.string(), z.int().nonnegative());

/** A session with how many of its tasks are in which state. */
export const SessionDetail = z
  .strictObject({
    ...Session.shape,
    last_progress_age_seconds: z
      .int()
      .nullable()
      .openapi({ description: 'Since a task was sent, taken or ended; null when the session is over' }),
    tasks: Tasks,
  })
  .openapi('SessionDetail');

/** Every session, newest first. */
export const SessionList = z.strictObject({ sessions: z.array(Session) }).openapi('SessionList');

/** The path parameter of everything below one session. */
export const SessionPath = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 's-01936f2a-7c00-7000-8000-000000000000' }),
});

/** What a cancellation or a resumption answers: the state the session has now; its coordinator brings it on. */
export const SessionState = z.strictObject({ session_id: z.string(), state: z.string() }).openapi('SessionState');

/** The header that makes a start repeatable. */
export const StartHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7E]{1,255}$/)
    .optional()
    .openapi({ description: 'The same key with the same body gives the same session, for ever' }),
});

/** How many tasks are in which state. */
export function taskCounts(tasks: readonly { readonly state: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of tasks) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
