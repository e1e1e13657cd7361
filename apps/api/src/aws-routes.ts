import type { OpenAPIHono, z } from '@hono/zod-openapi';
import {
  costsOf,
  type HostedAnalysis,
  opportunitiesOf,
  type ReportedSession,
  type SessionHost,
  type SessionLine,
} from '@infrafabric/runtime';
import { type AnalysisAsk, taskCounts } from './api-schemas.ts';
import {
  ANALYSIS,
  COLLECT,
  COSTS,
  COSTS_EC2,
  COSTS_RDS,
  JOB,
  type Job,
  OPPORTUNITIES,
  REFRESH,
  TEST_CONNECTION,
} from './aws-schemas.ts';
import { ApiError } from './errors.ts';
import { hostedOf } from './hosted.ts';
import { checkJson } from './json-body.ts';

/** The AWS account of the server's credentials: try them, read it live, and ask what the newest report says of it. */
export function addAws(app: OpenAPIHono, host: SessionHost): void {
  app.use('/v1/aws/*', checkJson);
  addReads(app, host);
  addStarts(app, host);
}

function addStarts(app: OpenAPIHono, host: SessionHost): void {
  const start = async (asked: HostedAnalysis, key: string | undefined): Promise<Job> =>
    jobOf(await host.start(asked, key));
  app.openapi(COLLECT, async (context) => {
    const job = await start(liveOf(context.req.valid('json')), context.req.valid('header')['idempotency-key']);
    context.header('location', `/v1/aws/jobs/${job.job_id}`);
    return context.json(job, 202);
  });
  app.openapi(REFRESH, async (context) => {
    await host.forgetCost();
    const job = await start(liveOf(context.req.valid('json')), context.req.valid('header')['idempotency-key']);
    context.header('location', `/v1/aws/jobs/${job.job_id}`);
    return context.json(job, 202);
  });
  app.openapi(ANALYSIS, async (context) => {
    const job = await start(liveOf(context.req.valid('json')), context.req.valid('header')['idempotency-key']);
    context.header('location', `/v1/aws/jobs/${job.job_id}`);
    return context.json(job, 202);
  });
}

function addReads(app: OpenAPIHono, host: SessionHost): void {
  app.openapi(TEST_CONNECTION, async (context) => {
    const checks = await host.testConnection(context.req.valid('json').region);
    return context.json({ ok: checks.every(({ ok }) => ok), checks }, 200);
  });
  app.openapi(JOB, async (context) => {
    const { session, tasks } = await host.show(context.req.valid('param').id);
    return context.json({ ...jobOf(session), tasks: taskCounts(tasks) }, 200);
  });
  const costs = async (asked: { session?: string | undefined }, code?: string) => {
    const { session, report } = await reported(host, asked.session);
    const { statement, totals, services } = costsOf(report, code);
    return { ...reportOf(session), statement, totals: [...totals], services: [...services] };
  };
  app.openapi(COSTS, async (context) => context.json(await costs(context.req.valid('query')), 200));
  app.openapi(COSTS_EC2, async (context) => context.json(await costs(context.req.valid('query'), 'AmazonEC2'), 200));
  app.openapi(COSTS_RDS, async (context) => context.json(await costs(context.req.valid('query'), 'AmazonRDS'), 200));
  app.openapi(OPPORTUNITIES, async (context) => {
    const { session: id, limit } = context.req.valid('query');
    const { session, report } = await reported(host, id);
    const found = opportunitiesOf(report);
    return context.json(
      { ...reportOf(session), totals: report.totals, count: found.length, opportunities: found.slice(0, limit) },
      200,
    );
  });
}

const liveOf = ({ regions, days, ...terms }: z.infer<typeof AnalysisAsk>): HostedAnalysis =>
  hostedOf({ ...terms, live: { regions, days } });

const jobOf = ({ session_id, state, started_at }: SessionLine): Job => ({ job_id: session_id, state, started_at });

const reportOf = ({ session_id, as_of }: SessionLine): { session_id: string; as_of: string } => ({ session_id, as_of });

async function reported({ reports }: SessionHost, id: string | undefined): Promise<ReportedSession> {
  const found = await reports.read(id);
  if (found !== undefined) return found;
  throw new ApiError('REPORT_NONE', {
    message: 'no session has reported yet',
    fix: 'start one with POST /v1/sessions or POST /v1/aws/analysis and wait until it is over',
  });
}
