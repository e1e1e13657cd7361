import type { Claim, ClaimId } from '@infrafabric/protocol';

/** What a challenger is given: the challenged claim, and where the bill has the resource. */
export interface ChallengeOrder {
  /** A finding's own claim: its figure `list_saving` is challenged. */
  readonly claim: Claim;
  /** The resource as the bill names it, and the column of what it really costs there. */
  readonly billed: { readonly resource_id: string; readonly basis: 'EffectiveCost' | 'BilledCost' };
}

/** What `budget.challenge` returns: whether a second derivation confirms a saving, and the two claims that say so. */
export interface ChallengeResult {
  readonly kind: 'challenge';
  readonly outcome: 'confirm' | 'disconfirm';
  readonly challenged: ClaimId;
  /** The claim with the figures `second_list` and `second_effective`: what the bill says the resource costs in 730 hours. */
  readonly second: ClaimId;
  /** The claim with the figure `apart`: percent between the challenged saving and `second_list`. */
  readonly verdict: ClaimId;
  readonly claims: readonly Claim[];
}
