import { makeClaim } from '@infrafabric/protocol';
import { billFigure } from '../bill/bill-figure.ts';
import { dayText } from '../bill/charge-instant.ts';
import { displayFigure } from '../figures.ts';
import { Decimal, formatUsd } from '../money.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import type { SpendQuestion, SpendResult } from './account-spend.ts';
import { budgetBreach, monthEndForecast } from './derivations.ts';
import { lastDayOf } from './daily-history.ts';
import { type PeriodEnd, breachDay, breachProbability } from './period-end.ts';

/** Whether the forecast of the month breaks the budget, and when; nothing without a budget, a note when it cannot be known. */
export function breachResult(
  cited: CitedBill,
  month: PeriodEnd | undefined,
  question: SpendQuestion & { readonly currency: string },
): SpendResult {
  const { asOf, budgetUsd, currency } = question;
  if (budgetUsd == null) return { claims: [], notes: [] };
  if (currency !== 'USD') return unknown(`The budget is in USD and the bill in ${currency}; they are not compared.`);
  if (month === undefined)
    return unknown(`The month of ${asOf} is not forecast, so the budget is not compared with it.`);
  const budget = new Decimal(budgetUsd);
  if (budget.lessThanOrEqualTo(0)) return unknown('The budget is not above 0.');
  const day = breachDay(month, budget);
  const claimed = { as_of: asOf, column: 'BilledCost' };
  const figure = (name: string, unit: string, part: string) => {
    const params = { ...claimed, budget: budgetUsd, part };
    return billFigure(cited, { name, unit, derivation: budgetBreach, params });
  };
  const forecast = billFigure(cited, {
    name: 'forecast',
    unit: 'USD',
    derivation: monthEndForecast,
    params: { ...claimed, part: 'expected' },
  });
  const chance = breachProbability(month, budget) === undefined ? [] : [figure('probability', '%', 'probability')];
  const figures = [
    figure('budget', 'USD', 'budget'),
    forecast,
    figure('overrun', 'USD', 'overrun'),
    figure('share', '%', 'share'),
    ...chance,
    ...(day === undefined ? [] : [figure('breach_day', 'day of month', 'breach-day')]),
  ];
  const claim = makeClaim({
    topic: 'budget/breach',
    statement: breachText(month, { budget, day, chance: chance.map(displayFigure) }),
    figures,
    citations: [...cited.citations],
    confidence: month.bounds === undefined ? '0.50' : '0.80',
    role: 'budget',
  });
  return { claims: [claim], notes: [] };
}

const unknown = (detail: string): SpendResult => ({ claims: [], notes: [{ code: 'BUDGET_UNKNOWN', detail }] });

interface Found {
  readonly budget: Decimal;
  readonly day: number | undefined;
  readonly chance: readonly string[];
}

function breachText(month: PeriodEnd, { budget: limit, day, chance }: Found): string {
  const [budget, expected] = [formatUsd(limit), formatUsd(month.expected)].map((value) =>
    displayFigure({ value, unit: 'USD' }),
  );
  const end = `the month is expected to end at ${expected}`;
  const odds = chance.map((percent) => `; it is passed with a probability of ${percent}`).join('');
  if (day === undefined) return `T${end.slice(1)}, within the budget of ${budget}${odds}.`;
  if (day <= lastDayOf(month.history)) return `The budget of ${budget} is passed on ${dayText(day)}; ${end}.`;
  return `The budget of ${budget} is expected to be passed on ${dayText(day)}; ${end}${odds}.`;
}
