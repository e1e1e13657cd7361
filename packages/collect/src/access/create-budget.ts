import type { CreateBudgetCommandInput } from '@aws-sdk/client-budgets';
import { z } from 'zod';
import { CollectError } from '../errors.ts';
import type { SdkSettings } from '../live/read-only-client.ts';

/** A cost budget to make, with the mail it sends. Bounds: botocore 1.44.5 budgets model, 2026-11-20. */
const NewBudget = z.strictObject({
  /** 12 digits. */
  account: z.string().regex(/^[0-9]{12}$/),
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^:\\]+$/),
  /** USD as a decimal string, more than nothing. */
  limitUsd: z.string().regex(/^(?=.*[1-9])[0-9]{1,12}(?:\.[0-9]{1,6})?$/),
  timeUnit: z.enum(['DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY']),
  notify: z
    .strictObject({
      /** Percent of the limit, actual spend. */
      thresholdPercent: z.number().gt(0).max(1_000_000_000),
      emails: z.array(z.email().max(50)).min(1).max(10),
    })
    .optional(),
});

/** A cost budget to make. */
export type NewBudget = z.infer<typeof NewBudget>;

/**
 * Makes a cost budget: the one write this package has, for a person to call.
 *
 * It uses a client of its own with the settings given, whose role needs `budgets:ModifyBudget`; the read-only clients cannot
 * send it, and no collector, agent or analysis calls it.
 * @throws CollectError `AWS_REQUEST_REFUSED` for a budget that cannot be, before anything is sent; errors of the SDK as they are
 *   (`DuplicateRecordException`: the name is taken).
 */
export async function createBudget(budget: NewBudget, settings: SdkSettings): Promise<void> {
  const input = inputOf(budget);
  const { BudgetsClient, CreateBudgetCommand } = await import('@aws-sdk/client-budgets');
  const client = new BudgetsClient({ region: 'us-east-1', ...settings });
  try {
    await client.send(new CreateBudgetCommand(input));
  } finally {
    client.destroy();
  }
}

function inputOf(budget: NewBudget): CreateBudgetCommandInput {
  const parsed = NewBudget.safeParse(budget);
  if (!parsed.success) throw refused(parsed.error.issues[0]?.path.join('.') ?? '');
  const { account, name, limitUsd, timeUnit, notify } = parsed.data;
  return {
    AccountId: account,
    Budget: {
      BudgetName: name,
      BudgetType: 'COST',
      TimeUnit: timeUnit,
      BudgetLimit: { Amount: limitUsd, Unit: 'USD' },
    },
    ...(notify === undefined ? {} : { NotificationsWithSubscribers: [notificationOf(notify)] }),
  };
}

function notificationOf({ thresholdPercent, emails }: NonNullable<NewBudget['notify']>) {
  return {
    Notification: {
      NotificationType: 'ACTUAL' as const,
      ComparisonOperator: 'GREATER_THAN' as const,
      Threshold: thresholdPercent,
      ThresholdType: 'PERCENTAGE' as const,
    },
    Subscribers: emails.map((Address) => ({ SubscriptionType: 'EMAIL' as const, Address })),
  };
}

function refused(field: string): CollectError {
  return new CollectError('AWS_REQUEST_REFUSED', {
    message: `expected a budget that AWS accepts, got another ${field === '' ? 'object' : field}`,
    where: field === '' ? 'budget' : `budget.${field}`,
    fix: 'see NewBudget for the form of each member',
  });
}
