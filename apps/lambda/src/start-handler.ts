import type { Started, StartOrder } from '@infrafabric/runtime/deployed/start';
import { z } from 'zod';
import { LambdaError, namingFailures } from './errors.ts';
import type { LambdaContext } from './lambda-context.ts';

const OBJECT = z.string().max(1_100).startsWith('s3://');

/** What a person or a schedule asks for. All members are optional; `{}` is the whole account with the settings of the deployment. */
const StartEvent = z.strictObject({
  regions: z.array(z.string().min(1).max(40)).min(1).max(50).optional(),
  analysis_period_days: z.int().min(1).max(365).optional(),
  include_cost_data: z.boolean().optional(),
  save_report: z.boolean().optional(),
  question: z.string().min(1).max(2_000).optional(),
  /** `demo`: the sample that ships with InfraFabric instead of the account. */
  inputs: z.literal('demo').optional(),
  /** Objects of the bucket of the deployment, below `t/<tenant>/inputs/`: a zip of an estate, and files that are one bill. */
  estate: OBJECT.optional(),
  bills: z.array(OBJECT).min(1).max(100).optional(),
  as_of: z.iso.date().optional(),
  /** The same key starts one session, however often it is sent. */
  idempotency_key: z.string().min(1).max(200).optional(),
});

/** An event of EventBridge as it is, without an input of its own; its id stays the same when it is delivered again. */
const ScheduledEvent = z.object({ 'detail-type': z.literal('Scheduled Event'), id: z.string().min(1) });

/** A Lambda handler that answers with the session it started. */
export type StartHandler = (event: unknown, context: LambdaContext) => Promise<Started>;

/** The handler of the function that starts analyses. */
export function startHandler(start: (order: StartOrder, remainingMs: number) => Promise<Started>): StartHandler {
  return (event, context) => namingFailures(async () => start(orderOf(event), context.getRemainingTimeInMillis()));
}

function orderOf(event: unknown): StartOrder {
  const scheduled = ScheduledEvent.safeParse(event);
  if (scheduled.success) return { key: `schedule ${scheduled.data.id}` };
  const parsed = StartEvent.safeParse(event ?? {});
  if (!parsed.success) throw invalid(parsed.error.issues[0]);
  const asked = parsed.data;
  return {
    demo: asked.inputs === 'demo',
    estate: asked.estate,
    bills: asked.bills,
    regions: asked.regions,
    days: asked.analysis_period_days,
    costData: asked.include_cost_data,
    saveReport: asked.save_report,
    question: asked.question,
    asOf: asked.as_of,
    key: asked.idempotency_key,
  };
}

function invalid(issue: z.core.$ZodIssue | undefined): LambdaError {
  return new LambdaError('EVENT_INVALID', {
    message: issue?.message ?? 'expected an order to start an analysis',
    where: issue?.path.join('.') ?? '',
    fix: 'send regions, analysis_period_days, include_cost_data, save_report, question, inputs, estate, bills, as_of, idempotency_key or none of them',
  });
}
