import { type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { computeFigure, fillStatement } from '../figures.ts';
import { citeFigure } from '../figure-citation.ts';
import type { CostFacts } from '../model/cost-facts.ts';
import type { Savings } from '../model/finding.ts';
import { Decimal } from '../money.ts';
import { BILLED_CAP, CASH_NOW, EFFECTIVE_SAVING, FREED_COMMITMENT } from './billed-derivations.ts';
import { TOTAL } from './net-derivations.ts';

/** The derivation of a part of what the bill says about a resource; it stands with the bill's readers. */
const RESOURCE_COST = 'finops/resource-cost@1';

/** What the bill says about a resource, as figures that cite the bill. */
export function billedFigures(costs: CostFacts): Figure[] {
  const billed = (name: string, value: string, column: string, part: string): Figure => ({
    name,
    value,
    unit: 'USD/month',
    derivation: { id: RESOURCE_COST, params: { resource_id: costs.resource_id, column, part } },
    citations: [...costs.citations],
  });
  return [
    billed('billed_effective', costs.effective, costs.basis, 'effective'),
    billed('billed_on_demand', costs.on_demand, costs.basis, 'on_demand'),
    billed('billed_committed', costs.committed, costs.basis, 'committed'),
    ...(costs.list === undefined ? [] : [billed(BILLED_LIST, costs.list, 'ListCost', 'effective')]),
  ];
}

const BILLED_LIST = 'billed_list';

/**
 * States what a finding saves on the bill: a claim that stands on the figures of the finding's own claim.
 *
 * `claim` must hold `list_saving`, `list_cost` and the {@link billedFigures}. A surcharge is worth itself less
 * the discount of the bill, at most the billed cost, and frees no commitment.
 */
export function billedSaving(claim: Claim, isSurcharge = false): { claim: Claim; savings: Savings } {
  const value = (name: string) => claim.figures.find((figure) => figure.name === name)?.value ?? '';
  const listed = claim.figures.some((figure) => figure.name === BILLED_LIST) ? [BILLED_LIST] : [];
  const figures = (isSurcharge ? surchargeParts(value('billed_committed'), listed) : shareParts(listed)).map(
    ({ name, derivation, from }) =>
      computeFigure(
        { name, unit: 'USD/month', derivation, params: {}, citations: from.map((one) => citeFigure(claim, one)) },
        () => from.map(value),
      ),
  );
  const [effective, cashNow, freed, cap] = figures.map((figure) => figure.value);
  const billed = makeClaim({
    topic: 'saving/billed',
    statement: fillStatement(isOnlyFreed(cashNow, freed) ? ONLY_FREED : STATEMENT, figures),
    figures,
    citations: [],
    confidence: claim.confidence,
    role: claim.role,
  });
  return {
    claim: billed,
    savings: {
      basis: 'bill',
      list: value('list_saving'),
      effective: effective ?? '',
      cash_now: cashNow ?? '',
      freed_commitment: freed ?? '',
      cap: cap ?? '',
      claim: billed.id,
    },
  };
}

/** A saving that is a share of the resource's price is the same share of what the bill says it costs; `listed` names its list cost there. */
function shareParts(listed: readonly string[]) {
  const from = ['list_saving', 'list_cost', 'billed_effective'];
  const fromParts = [...from, 'billed_committed', ...listed];
  return [
    { name: 'effective_saving', derivation: EFFECTIVE_SAVING, from: [...from, ...listed] },
    { name: 'cash_now', derivation: CASH_NOW, from: fromParts },
    { name: 'freed_commitment', derivation: FREED_COMMITMENT, from: fromParts },
    { name: 'cap', derivation: BILLED_CAP, from: ['billed_effective'] },
  ];
}

/**
 * With the billed cost as the cost, billed x saving / billed is the saving itself, held to the billed cost. The discount on the
 * resource is one on the surcharge too, unless a commitment is part of it, which pays for no surcharge.
 */
function surchargeParts(committed: string, listed: readonly string[]) {
  const discounted = new Decimal(committed).isZero() ? listed : [];
  const from = ['list_saving', 'billed_effective', 'billed_effective', ...discounted];
  return [
    { name: 'effective_saving', derivation: EFFECTIVE_SAVING, from },
    { name: 'cash_now', derivation: EFFECTIVE_SAVING, from },
    { name: 'freed_commitment', derivation: TOTAL, from: [] },
    { name: 'cap', derivation: BILLED_CAP, from: ['billed_effective'] },
  ];
}

const isOnlyFreed = (cashNow: string | undefined, freed: string | undefined): boolean =>
  cashNow === '0.00' && freed !== '0.00';

const ONLY_FREED =
  'On this bill the saving is {effective_saving} of {cap}: {cash_now} leaves the next invoice, because a Savings Plan or reservation ' +
  'already pays for all of it and goes on being charged; it frees {freed_commitment} of that commitment for other use.';

const STATEMENT =
  'On this bill the saving is {effective_saving} of {cap}: {cash_now} leaves the next invoice, {freed_commitment} frees commitments.';
