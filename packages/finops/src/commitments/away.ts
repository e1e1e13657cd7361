import { type Citation, type Claim, makeClaim } from '@infrafabric/protocol';
import { computeFigure, fillStatement } from '../figures.ts';
import { TOTAL } from '../savings/net-derivations.ts';
import type { CommitmentSet } from './what-runs.ts';

/** A finding that takes usage away: where its parts stand, and what they are. */
export interface Taken {
  readonly resource: string;
  readonly cash: Citation;
  readonly freed: Citation | undefined;
  readonly amounts: { readonly cash: string; readonly freed: string };
}

/** What other advice takes away from a set: the resources it touches, and the claim with figures `cash` and `freed`. */
export interface Away {
  readonly touched: ReadonlySet<string>;
  readonly cash: string;
  readonly freed: string;
  readonly claim: Claim;
}

/** States what other advice takes away from the usage of a set, net of overlap: `taken` off the invoice, `freeing` of commitments. */
export function awayClaim(set: CommitmentSet, taken: readonly Taken[], freeing: readonly Taken[]): Away {
  const freed = freeing.flatMap((one) =>
    one.freed === undefined ? [] : [{ at: one.freed, value: one.amounts.freed }],
  );
  const figures = [
    total(
      'cash',
      taken.map((one) => ({ at: one.cash, value: one.amounts.cash })),
    ),
    total('freed', freed),
  ];
  const claim = makeClaim({
    topic: 'commitment/away',
    statement: fillStatement(
      `Other advice takes {cash} of what runs on demand in ${set} off the invoice and frees {freed} of commitments; neither is committed to again.`,
      figures,
    ),
    figures,
    citations: [],
    confidence: '1.00',
    role: 'coordinator',
  });
  return {
    touched: new Set(taken.map((one) => one.resource)),
    cash: figures[0]?.value ?? '0.00',
    freed: figures[1]?.value ?? '0.00',
    claim,
  };
}

const total = (name: string, parts: readonly { readonly at: Citation; readonly value: string }[]) =>
  computeFigure({ name, unit: 'USD/month', derivation: TOTAL, params: {}, citations: parts.map((one) => one.at) }, () =>
    parts.map((one) => one.value),
  );
