import { createRoute, z } from '@hono/zod-openapi';
import { AnalysisAsk, CollectAsk, SessionPath, StartHeaders } from './api-schemas.ts';
import { failures } from './failures.ts';

const Job = z
  .strictObject({
    job_id: z.string().openapi({ description: 'It is a session id too' }),
    state: z.string(),
    started_at: z.iso.datetime(),
  })
  .openapi('Job');
/** A session that reads the account, by the name of a job. */
export type Job = z.infer<typeof Job>;

const JobDetail = z
  .strictObject({ ...Job.shape, tasks: z.record(z.string(), z.int().nonnegative()) })
  .openapi('JobDetail');

const Connection = z
  .strictObject({
    ok: z.boolean(),
    checks: z.array(
      z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string().optional() }),
    ),
  })
  .openapi('Connection');

const reported = { session_id: z.string(), as_of: z.iso.date() };
const Amount = z.string().regex(/^-?[0-9]+(\.[0-9]+)?$/);

const Costs = z
  .strictObject({
    ...reported,
    statement: z.string().nullable().openapi({ description: 'null: the report read no bill' }),
    totals: z.array(z.strictObject({ name: z.string(), value: Amount, unit: z.string() })),
    services: z.array(
      z.strictObject({
        service: z.string().nullable(),
        billed_cost: Amount,
        currency: z.string(),
        claim: z.string().openapi({ description: 'The claim of report.json that holds the figure' }),
      }),
    ),
  })
  .openapi('Costs');

const Opportunities = z
  .strictObject({
    ...reported,
    totals: z.object({ net_effective: Amount }).openapi({ description: 'Those of report.json, monthly USD' }),
    count: z.int().nonnegative(),
    opportunities: z.array(
      z.strictObject({
        id: z.string(),
        rule: z.string(),
        service: z.string(),
        resource: z.object({ account: z.string(), region: z.string(), type: z.string(), id: z.string() }),
        action: z.string().nullable(),
        priority: z.enum(['high', 'medium', 'low']),
        net_effective: Amount.nullable().openapi({ description: 'Monthly USD, overlap removed; null without dollars' }),
        confidence: z.string().nullable(),
        claim: z.string().nullable(),
      }),
    ),
  })
  .openapi('Opportunities');

const ReportQuery = z.object({
  session: z.string().max(100).optional().openapi({ description: 'The newest session that reported when absent' }),
});

const FAILED_START = failures(400, 409, 413, 415, 422, 424, 503, 507);

const started = {
  202: {
    description: 'The job; it runs',
    headers: z.object({ location: z.string() }),
    content: { 'application/json': { schema: Job } },
  },
  ...FAILED_START,
};

/** Tries the credentials of the server. */
export const TEST_CONNECTION = createRoute({
  method: 'post',
  path: '/v1/aws/test-connection',
  summary: 'Try who the credentials of the server are and which reads they may do; nothing that costs money is asked',
  request: {
    body: {
      required: false,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              region: z
                .string()
                .regex(/^[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}$/)
                .optional(),
            })
            .openapi('ConnectionAsk'),
        },
      },
    },
  },
  responses: {
    200: { description: 'What was tried', content: { 'application/json': { schema: Connection } } },
    ...failures(400, 413, 415, 422, 503),
  },
});

const collectBody = { required: false, content: { 'application/json': { schema: CollectAsk } } };

/** Reads the account. */
export const COLLECT = createRoute({
  method: 'post',
  path: '/v1/aws/collect',
  summary:
    'Read the AWS account of the server live, and judge what was read; paid reads stay below the cap of its settings',
  request: { headers: StartHeaders, body: collectBody },
  responses: started,
});

/** Reads the account, past the answers that are kept. */
export const REFRESH = createRoute({
  method: 'post',
  path: '/v1/aws/refresh',
  summary: 'As collect, after dropping the kept answers about cost',
  request: { headers: StartHeaders, body: collectBody },
  responses: started,
});

/** Reads and judges the account, with a question, a budget or fewer agents. */
export const ANALYSIS = createRoute({
  method: 'post',
  path: '/v1/aws/analysis',
  summary: 'As collect, with a question, a budget, a date or chosen agents',
  request: {
    headers: StartHeaders,
    body: { required: false, content: { 'application/json': { schema: AnalysisAsk } } },
  },
  responses: started,
});

/** How far a job is. */
export const JOB = createRoute({
  method: 'get',
  path: '/v1/aws/jobs/{id}',
  summary: 'How far a job is',
  request: { params: SessionPath },
  responses: {
    200: { description: 'The job', content: { 'application/json': { schema: JobDetail } } },
    ...failures(400, 404, 503),
  },
});

/** Spend of the whole bill. */
export const COSTS = createRoute({
  method: 'get',
  path: '/v1/aws/costs',
  summary: 'Spend in total and by service, as a report has it',
  request: { query: ReportQuery },
  responses: costs('The spend'),
});

/** Spend of EC2. */
export const COSTS_EC2 = createRoute({
  method: 'get',
  path: '/v1/aws/costs/ec2',
  summary: 'As costs, of the services only Amazon EC2',
  request: { query: ReportQuery },
  responses: costs('The spend of EC2'),
});

/** Spend of RDS. */
export const COSTS_RDS = createRoute({
  method: 'get',
  path: '/v1/aws/costs/rds',
  summary: 'As costs, of the services only Amazon RDS',
  request: { query: ReportQuery },
  responses: costs('The spend of RDS'),
});

/** What can be saved. */
export const OPPORTUNITIES = createRoute({
  method: 'get',
  path: '/v1/aws/opportunities',
  summary: 'The findings of a report, most saved first',
  request: {
    query: ReportQuery.extend({ limit: z.coerce.number().int().min(1).max(10_000).default(1_000) }),
  },
  responses: {
    200: { description: 'The findings', content: { 'application/json': { schema: Opportunities } } },
    ...failures(400, 404, 409, 422, 503),
  },
});

function costs(description: string) {
  return {
    200: { description, content: { 'application/json': { schema: Costs } } },
    ...failures(400, 404, 409, 422, 503),
  };
}
