import type { Claim } from '@infrafabric/protocol';
import { chosenReport } from './chosen-report.ts';
import type { Config } from './config/config.ts';

/** A budget as a report compares it: every amount is a figure of the claim, absent where nobody can say. */
export interface ListedBudget {
  readonly budget: string;
  readonly statement: string;
  readonly claim: string;
  /** Values by name: `limit`, `actual`, `aws_actual`, `expected`, `probability`, `breach_day` and others. */
  readonly figures: Readonly<Record<string, { readonly value: string; readonly unit: string }>>;
}

/** The budgets of a report: a directory, a session, or the latest session that has one. */
export async function listBudgets(config: Config, named: string | undefined): Promise<ListedBudget[]> {
  const { report } = await chosenReport(config, named);
  const claims = report?.claims.filter(({ topic }) => topic === 'budget/aws' || topic === 'budget/breach') ?? [];
  return claims.map(listed).toSorted((a, b) => (a.budget < b.budget ? -1 : 1));
}

/** What the budget of `--budget-usd` is called, which has no name. */
const OWN = '--budget-usd';

function listed({ id, statement, figures }: Claim): ListedBudget {
  const name = figures.flatMap(({ derivation }) => derivation.params['budget'] ?? [])[0];
  const isNamed = figures.some(({ derivation }) => derivation.id.startsWith('finops/aws-budget-standing@'));
  const values = figures.map((figure) => [figure.name, { value: figure.value, unit: figure.unit }] as const);
  return {
    budget: isNamed && typeof name === 'string' ? name : OWN,
    statement,
    claim: id,
    figures: Object.fromEntries(values),
  };
}
