import { type Claim, type Derivation, type Figure, makeClaim } from '@infrafabric/protocol';
import { billOf, COST_COLUMNS } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { FinopsError } from '../errors.ts';
import { citeFigure } from '../figure-citation.ts';
import { computeFigure, fillStatement } from '../figures.ts';
import type { ChallengeOrder, ChallengeResult } from '../model/challenge.ts';
import { Decimal } from '../money.ts';
import { TOLERANCE_PERCENT } from './challenge.ts';
import { BILLED_HOURS_MONTH, PERCENT_APART } from './derivations.ts';
import { CHALLENGED, challengedFigure, refuseSameRoad } from './second-road.ts';

/**
 * Derives the saving of a removal again from the bill alone: what the resource costs there is what its removal saves.
 *
 * Compared at list price: ListCost, else ContractedCost, else EffectiveCost, whichever is the first above zero for the resource.
 * @throws FinopsError `CHALLENGE_NOT_INDEPENDENT`, `CITED_VALUE_MISSING` when the bill has no line of the resource.
 */
export function challengeResult(bill: CitedBill, { claim, billed }: ChallengeOrder): ChallengeResult {
  const monthly = (name: string, column: string): Figure => figureOf(bill, name, { ...billed, column });
  const list = listFigure(bill, monthly);
  const challenged = challengedFigure(claim);
  refuseSameRoad(challenged, list);
  const figures = [list, monthly('second_effective', billed.basis)];
  const second = makeClaim({
    topic: 'challenge/second',
    statement: fillStatement(
      `The bill says the resource costs {second_list} (${columnOf(list)}), {second_effective} as charged.`,
      figures,
    ),
    figures,
    citations: [],
    confidence: '1.00',
    role: 'budget',
  });
  const apart = computed('apart', '%', PERCENT_APART, [
    { claim, name: CHALLENGED },
    { claim: second, name: 'second_list' },
  ]);
  const outcome = new Decimal(apart.value).greaterThan(TOLERANCE_PERCENT) ? 'disconfirm' : 'confirm';
  const verdict = makeClaim({
    topic: 'challenge/verdict',
    statement: fillStatement(`The second derivation is {apart} away: ${outcome}.`, [apart]),
    figures: [apart],
    citations: [],
    confidence: '1.00',
    role: 'budget',
  });
  const { id } = claim;
  return {
    kind: 'challenge',
    outcome,
    challenged: id,
    second: second.id,
    verdict: verdict.id,
    claims: [second, verdict],
  };
}

function columnOf({ derivation }: Figure): string {
  const { column } = derivation.params;
  return typeof column === 'string' ? column : '';
}

function figureOf({ cited, citations }: CitedBill, name: string, params: Record<string, string>): Figure {
  const { resource_id = '', column = '' } = params;
  return computeFigure(
    {
      name,
      unit: 'USD/month',
      derivation: BILLED_HOURS_MONTH,
      params: { resource_id, column },
      citations: [...citations],
    },
    () => [...cited],
  );
}

/** The first column of the bill, from list price down, in which the resource costs something. */
function listFigure({ cited }: CitedBill, monthly: (name: string, column: string) => Figure): Figure {
  const bill = billOf(cited);
  const figures = COST_COLUMNS.filter(bill.has).map((column) => monthly('second_list', column));
  const found = figures.find(({ value }) => new Decimal(value).greaterThan(0)) ?? figures[0];
  if (found !== undefined) return found;
  throw new FinopsError('CITED_VALUE_MISSING', { message: 'expected a cost column in the bill, got none' });
}

/** A figure computed from figures of claims. */
export function computed(
  name: string,
  unit: string,
  derivation: Derivation,
  from: readonly { readonly claim: Claim; readonly name: string }[],
): Figure {
  const citations = from.map((one) => citeFigure(one.claim, one.name));
  const values = from.map((one) => one.claim.figures.find((figure) => figure.name === one.name)?.value ?? '');
  return computeFigure({ name, unit, derivation, params: {}, citations }, () => values);
}
