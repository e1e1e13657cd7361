import { addScaled, cellNumber, negated, numberCell, timesScaled } from './exact.ts';
import type { CellOf } from './line-view.ts';

type Source = (name: string) => CellOf;

const nothing: CellOf = () => '0';

/**
 * The amortised cost of a line of a Cost and Usage Report, net of discounts where the report has net columns.
 *
 * Source: Cloud Intelligence Dashboards, summary_view, and the FOCUS converter rules for AWS CUR, both read 2026-11: usage
 * covered by a plan or a reservation costs its share of the commitment; recurring fees what was committed and not used;
 * negations and upfront fees nothing, their money is in the usage; every other line its unblended cost.
 */
export function curEffectiveCost(source: Source): CellOf {
  const type = source('line_item_line_item_type');
  const rules = rulesOf(source);
  const unblended = firstOf(source, 'line_item_net_unblended_cost', 'line_item_unblended_cost');
  return (line) => (rules[type(line)] ?? unblended)(line);
}

function rulesOf(source: Source): Readonly<Record<string, CellOf | undefined>> {
  const unblended = firstOf(source, 'line_item_net_unblended_cost', 'line_item_unblended_cost');
  const [reservation, product] = [source('reservation_reservation_a_r_n'), source('line_item_product_code')];
  return {
    SavingsPlanCoveredUsage: firstOf(
      source,
      'savings_plan_net_savings_plan_effective_cost',
      'savings_plan_savings_plan_effective_cost',
    ),
    SavingsPlanRecurringFee: difference(
      source('savings_plan_total_commitment_to_date'),
      source('savings_plan_used_commitment'),
    ),
    SavingsPlanNegation: nothing,
    SavingsPlanUpfrontFee: nothing,
    DiscountedUsage: firstOf(source, 'reservation_net_effective_cost', 'reservation_effective_cost'),
    RIFee: total(
      firstOf(
        source,
        'reservation_net_unused_amortized_upfront_fee_for_billing_period',
        'reservation_unused_amortized_upfront_fee_for_billing_period',
      ),
      firstOf(source, 'reservation_net_unused_recurring_fee', 'reservation_unused_recurring_fee'),
    ),
    Fee: (line) => (reservation(line) === '' ? unblended(line) : '0'),
    Refund: (line) => (product(line) === 'ComputeSavingsPlans' ? '0' : unblended(line)),
  };
}

/** What a line costs at public prices; nothing for a negation, whose usage is a line of its own. */
export function curListCost(source: Source): CellOf {
  const [type, cost] = [source('line_item_line_item_type'), source('pricing_public_on_demand_cost')];
  const [rate, amount] = [source('pricing_public_on_demand_rate'), source('line_item_usage_amount')];
  return (line) => {
    if (type(line) === 'SavingsPlanNegation') return '0';
    const given = cost(line);
    if (given !== '' || rate(line) === '') return given;
    return numberCell(timesScaled(cellNumber(rate(line)), cellNumber(amount(line))));
  };
}

function firstOf(source: Source, ...names: string[]): CellOf {
  const cells = names.map(source);
  return (line) => cells.map((cell) => cell(line)).find((cell) => cell !== '') ?? '';
}

const total =
  (a: CellOf, b: CellOf): CellOf =>
  (line) =>
    numberCell(addScaled(cellNumber(a(line)), cellNumber(b(line))));

const difference =
  (a: CellOf, b: CellOf): CellOf =>
  (line) =>
    numberCell(addScaled(cellNumber(a(line)), negated(cellNumber(b(line)))));
