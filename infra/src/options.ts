import { RETENTION_DAYS } from '@infrafabric/runtime/retention';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

/** A decimal number of USD. */
const usd = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, 'expected an amount such as 12.50');

const Options = z.strictObject({
  /** Begins every name of the installation, so that several share an account (INFRAFABRIC_PREFIX). */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .default('infrafabric'),
  /** Keeps the state and evidence of one tenant apart (INFRAFABRIC_TENANT). */
  tenant: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('local'),
  /** Hears of alarms and of the budget by mail; empty: people subscribe to the alarm topic themselves. */
  alarmEmail: z.union([z.literal(''), z.email()]).default(''),
  /** What this installation may cost on AWS a month before its budget warns (BUDGET_MONTHLY). */
  budgetMonthlyUsd: usd.default('500'),
  /** What the runs of a usual day spend on models and paid reads; 30 % more raises an alarm. */
  costBaselineUsdDay: usd.default('10'),
  /** SHA-256 (hexadecimal) of the token the API asks for; empty: there is no API. */
  apiTokenSha256: z
    .string()
    .regex(/^([0-9a-f]{64})?$/)
    .default(''),
  /** Regions the nightly analysis reads, separated by commas; `all`: every region the account has enabled (AWS_REGIONS). */
  regions: z
    .string()
    .regex(/^(all|[a-z]{2}(-[a-z]+)+-\d(,[a-z]{2}(-[a-z]+)+-\d)*)$/)
    .default('all'),
  /** Days log lines are kept; one of the spans CloudWatch Logs knows. */
  logDays: z.coerce.number().pipe(z.enum(RetentionDays)).default(RetentionDays.ONE_MONTH),
  /** Days the work and the reports of a session are kept. */
  sessionDays: z.coerce.number().int().min(30).max(3_650).default(RETENTION_DAYS.session),
});

/** What a deployment chooses; each is a context value of the CDK (`-c prefix=acme`). */
export type DeploymentOptions = z.infer<typeof Options>;

/** The names of all options. */
export const OPTION_NAMES: readonly string[] = Object.keys(Options.shape);

/** Reads the options; what is not given has its default. @throws RangeError naming the option that does not fit. */
export function readOptions(given: Readonly<Record<string, unknown>>): DeploymentOptions {
  const read = Options.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new RangeError(`context value ${issue?.path.join('.')}: ${issue?.message}`);
}
