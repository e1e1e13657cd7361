import { type Claim, makeClaim } from '@infrafabric/protocol';
import { citeFigure } from '../figure-citation.ts';
import { computeFigure, fillStatement } from '../figures.ts';
import type { Finding } from '../model/finding.ts';
import { TOTAL } from './net-derivations.ts';
import { findingKey } from './waterfall.ts';

type Saved = Pick<Finding, 'rule' | 'resource' | 'savings' | 'claim'>;

/**
 * States what findings that somebody set aside would have saved, before overlap is removed: what the totals leave out.
 *
 * `claims` must hold the claims the findings name; one without is not counted. The order of the findings does not matter.
 */
export function leftOutClaim(findings: readonly Saved[], claims: readonly Claim[]): Claim {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const keyed = findings.map((finding) => ({ finding, key: findingKey(finding) }));
  const saved = keyed
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ finding: { savings, claim } }) => {
      const proof = byId.get(savings?.claim ?? claim ?? '');
      if (savings === undefined || proof === undefined) return [];
      const name = savings.claim === undefined ? 'list_saving' : 'effective_saving';
      return [{ citation: citeFigure(proof, name), value: savings.effective }];
    });
  const citations = saved.map((one) => one.citation);
  const figure = computeFigure({ name: 'left_out', unit: 'USD/month', derivation: TOTAL, params: {}, citations }, () =>
    saved.map((one) => one.value),
  );
  return makeClaim({
    topic: 'saving/left-out',
    statement: fillStatement(statementOf(findings.length), [figure]),
    figures: [figure],
    citations: [],
    confidence: '1.00',
    role: 'coordinator',
  });
}

function statementOf(findings: number): string {
  if (findings === 0) return 'No finding is set aside.';
  const what = findings === 1 ? 'One finding is' : `${findings} findings are`;
  return `${what} set aside and in no total; they would save {left_out} before overlap is removed.`;
}
