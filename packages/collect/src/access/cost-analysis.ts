import { Decimal, formatDecimal } from '@infrafabric/finops';
import { z } from 'zod';
import { type AccountAccess, type Read, readPages } from './account-access.ts';
import { failuresOf, itemsOf } from './items.ts';

const Amount = z.object({ Amount: z.string(), Unit: z.string() });

const Day = z.object({
  TimePeriod: z.object({ Start: z.string(), End: z.string() }),
  Estimated: z.boolean().optional(),
  Groups: z.array(
    z.object({
      Keys: z.tuple([z.string(), z.string()]),
      Metrics: z.object({ UnblendedCost: Amount, AmortizedCost: Amount }),
    }),
  ),
});

/** The cost of one service to one account on one day; amounts are decimal strings in `unit` (USD). */
export interface DailyCost {
  /** UTC date, YYYY-MM-DD. */
  readonly date: string;
  readonly service: string;
  readonly account: string;
  readonly unblended: string;
  readonly amortized: string;
  readonly unit: string;
  /** Cost Explorer has not closed the day yet. */
  readonly isEstimated: boolean;
}

/** Cost by day, and its sum by service, dearest first. */
export interface CostAnalysis {
  readonly days: readonly DailyCost[];
  readonly services: readonly Pick<DailyCost, 'service' | 'unblended' | 'amortized' | 'unit'>[];
}

/** Reads the cost of the last days from Cost Explorer: one paid request a page, see `usd`. */
export async function getCostAnalysis(access: AccountAccess): Promise<Read<CostAnalysis>> {
  const pages = await readPages(access, ['cost-explorer.GetCostAndUsage']);
  const read = itemsOf(pages.of('cost-explorer.GetCostAndUsage'), 'ResultsByTime/*', Day);
  const days = read.items.flatMap(costsOf);
  return { value: { days, services: byService(days) }, failed: failuresOf(pages, read), usd: pages.usd };
}

function costsOf({ TimePeriod, Groups, Estimated = false }: z.infer<typeof Day>): DailyCost[] {
  return Groups.map(({ Keys: [service, account], Metrics }) => ({
    date: TimePeriod.Start,
    service,
    account,
    unblended: Metrics.UnblendedCost.Amount,
    amortized: Metrics.AmortizedCost.Amount,
    unit: Metrics.UnblendedCost.Unit,
    isEstimated: Estimated,
  }));
}

function byService(days: readonly DailyCost[]): CostAnalysis['services'] {
  const groups = Map.groupBy(days, ({ service, unit }) => `${service}\n${unit}`);
  const total = (group: readonly DailyCost[], of: 'unblended' | 'amortized') =>
    group.reduce((sum, day) => sum.plus(day[of]), new Decimal(0));
  return [...groups.values()]
    .map((group) => ({ group, amortized: total(group, 'amortized') }))
    .sort((a, b) => b.amortized.comparedTo(a.amortized))
    .flatMap(({ group, amortized }) =>
      group.slice(0, 1).map(({ service, unit }) => ({
        service,
        unblended: formatDecimal(total(group, 'unblended')),
        amortized: formatDecimal(amortized),
        unit,
      })),
    );
}
