import { z } from 'zod';
import { type AccountAccess, type Read, readPages } from './account-access.ts';
import { type Located, failuresOf, itemsOf } from './items.ts';

const Spend = z.object({ Amount: z.string(), Unit: z.string() });

const AwsBudget = z.object({
  BudgetName: z.string(),
  BudgetType: z.string(),
  TimeUnit: z.string(),
  BudgetLimit: Spend.optional(),
  CalculatedSpend: z.object({ ActualSpend: Spend, ForecastedSpend: Spend.optional() }).optional(),
});

/** A budget (its region is `global`), with the members as AWS Budgets names them. Amounts are decimal strings. */
export type Budget = Located<z.infer<typeof AwsBudget>>;

/** Reads the budgets of an account. */
export async function getBudgets(access: AccountAccess): Promise<Read<readonly Budget[]>> {
  const pages = await readPages(access, ['budgets.DescribeBudgets']);
  const read = itemsOf(pages.of('budgets.DescribeBudgets'), 'Budgets/*', AwsBudget);
  return { value: read.items, failed: failuresOf(pages, read), usd: pages.usd };
}
