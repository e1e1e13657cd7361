import { type Claim, makeClaim } from '@infrafabric/protocol';
import { fillStatement } from '../figures.ts';
import type { Finding, Savings } from '../model/finding.ts';
import { TOTAL } from '../savings/net-derivations.ts';
import { computed } from './challenge-result.ts';
import { LOWER_CASH, LOWER_FREED, LOWER_SAVING } from './derivations.ts';

/** What is known of a disconfirmed saving. */
export interface Disconfirmed {
  readonly finding: Finding & { readonly savings: Savings };
  /** The finding's own claim, and the one of its saving on the bill if it has one. */
  readonly own: Claim;
  readonly billed: Claim | undefined;
  /** The challenger's claim. */
  readonly second: Claim;
}

/**
 * A finding whose saving a second agent disconfirmed, at the smaller of the two values; never a mean of them. Its list saving
 * stays as claimed; what the resource costs is the smaller value too. The claim holds the four amounts as a billed one does, so that totals rest on it.
 */
export function lowered({ finding, own, billed, second }: Disconfirmed): { finding: Finding; claim: Claim } {
  const limit = { claim: second, name: 'second_effective' };
  const saving =
    billed === undefined ? { claim: own, name: 'list_saving' } : { claim: billed, name: 'effective_saving' };
  const cap = billed === undefined ? { claim: own, name: 'list_cost' } : { claim: billed, name: 'cap' };
  const freed = billed === undefined ? [] : [{ claim: billed, name: 'freed_commitment' }];
  const unit = 'USD/month';
  const figures = [
    computed('effective_saving', unit, LOWER_SAVING, [saving, limit]),
    freed.length === 0
      ? computed('cash_now', unit, LOWER_SAVING, [saving, limit])
      : computed('cash_now', unit, LOWER_CASH, [saving, limit, ...freed]),
    freed.length === 0
      ? computed('freed_commitment', unit, TOTAL, [])
      : computed('freed_commitment', unit, LOWER_FREED, [saving, limit, ...freed]),
    computed('cap', unit, LOWER_SAVING, [cap, limit]),
  ];
  const [effective = '', cash = '', freedValue = '', capValue = ''] = figures.map(({ value }) => value);
  const claim = makeClaim({
    topic: 'saving/lowered',
    statement: fillStatement(
      'A second agent disconfirmed the saving: the smaller value counts, {effective_saving}.',
      figures,
    ),
    figures,
    citations: [],
    confidence: own.confidence,
    role: 'coordinator',
  });
  const savings: Savings = {
    basis: 'bill',
    list: finding.savings.list,
    effective,
    cash_now: cash,
    freed_commitment: freedValue,
    cap: capValue,
    claim: claim.id,
  };
  return { finding: { ...finding, savings }, claim };
}
