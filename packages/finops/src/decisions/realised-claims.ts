import { type Citation, type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { billOf } from '../bill/bill-table.ts';
import type { CitedBill } from '../bill/cited-bill.ts';
import { shownLabel } from '../bill/label.ts';
import type { SpendResult } from '../budget/account-spend.ts';
import { citeFigure } from '../figure-citation.ts';
import { displayFigure } from '../figures.ts';
import { TOTAL } from '../savings/net-derivations.ts';
import type { DecisionInForce } from './decisions-in-force.ts';
import { type RealisedPart, realisedSavingPart, realisedShare } from './realised-derivations.ts';
import { type Accepted, realisedSaving } from './realised-saving.ts';

/**
 * What accepted findings saved by this bill, one claim a resource and one for all; a note for each that cannot be measured yet.
 *
 * Findings accepted without dollars are not measured.
 */
export function realisedResult(cited: CitedBill, decisions: readonly DecisionInForce[], asOf: string): SpendResult {
  const accepted = decisions.filter(
    ({ decision }) => decision.decision === 'accept' && Number(decision.claimed?.effective ?? 0) > 0,
  );
  const parts = [...Map.groupBy(accepted, ({ decision }) => decision.resource).values()].map((group) =>
    resourceResult(cited, group, asOf),
  );
  const claims = parts.flatMap((part) => part.claims);
  const sums = claims.length === 0 ? [] : [sumsClaim(claims)];
  return { claims: [...claims, ...sums, ...sums.map(shareClaim)], notes: parts.flatMap((part) => part.notes) };
}

const PARTS: readonly RealisedPart[] = ['claimed', 'before', 'after', 'realised'];

function resourceResult(cited: CitedBill, group: readonly DecisionInForce[], asOf: string): SpendResult {
  const sorted = group.toSorted((a, b) => (a.decision.at < b.decision.at ? -1 : 1));
  const [first, ...others] = sorted.map(({ decision }) => decision);
  if (first === undefined) return { claims: [], notes: [] };
  const accepted: Accepted = [first, ...others];
  const what = shownLabel(accepted.map(({ rule }) => rule).join(', '), '');
  const subject = `${what} on ${shownLabel(first.resource, '')}, accepted on ${first.at.slice(0, 10)}`;
  const saving = realisedSaving(billOf(cited.cited), accepted, asOf);
  if (typeof saving === 'string') {
    return { claims: [], notes: [{ code: 'REALISED_UNKNOWN', detail: `${subject}: ${saving}.` }] };
  }
  const citations = [...cited.citations, ...sorted.map(({ citation }) => citation)];
  const values = [...cited.cited, ...accepted.map((decision) => structuredClone(decision))];
  const figures = PARTS.map((part): Figure => {
    const params = { as_of: asOf, part, decisions: accepted.length };
    const value = realisedSavingPart.compute(values, params);
    return { name: part, value, unit: 'USD/month', derivation: { id: realisedSavingPart.id, params }, citations };
  });
  const [claimed, before, after, realised] = figures.map(displayFigure);
  const basis = saving.beforeIsBilled ? 'before' : 'by the report it was accepted in';
  const statement = `${subject}, claimed ${claimed}; the bill shows ${realised}: it cost ${before} ${basis} and costs ${after} now.`;
  const proof = { figures, citations, confidence: saving.beforeIsBilled ? '0.85' : '0.70' };
  return { claims: [makeClaim({ topic: 'saving/realised', statement, ...proof, role: 'budget' })], notes: [] };
}

function sumsClaim(claims: readonly Claim[]): Claim {
  const figure = (name: 'claimed' | 'realised'): Figure => {
    const citations = claims.map((claim) => citeFigure(claim, name));
    const values = claims.map((claim) => claim.figures.find((one) => one.name === name)?.value ?? '0');
    const value = TOTAL.compute(values, {});
    return { name, value, unit: 'USD/month', derivation: { id: TOTAL.id, params: {} }, citations };
  };
  const sums = [figure('claimed'), figure('realised')] as const;
  return makeClaim({
    topic: 'saving/realised-sums',
    statement: `Accepted findings on ${claims.length} ${claims.length === 1 ? 'resource' : 'resources'} claimed ${displayFigure(sums[0])}; the bill shows ${displayFigure(sums[1])}.`,
    figures: [...sums],
    citations: [],
    confidence: '0.85',
    role: 'budget',
  });
}

/** What was realised of what was claimed, in percent, of a claim of sums. */
function shareClaim(sums: Claim): Claim {
  const citations: Citation[] = [citeFigure(sums, 'claimed'), citeFigure(sums, 'realised')];
  const values = sums.figures.map((figure) => figure.value);
  const value = realisedShare.compute(values, {});
  const share: Figure = {
    name: 'share',
    value,
    unit: '%',
    derivation: { id: realisedShare.id, params: {} },
    citations,
  };
  const statement = `${displayFigure(share)} of what accepted findings claimed is realised.`;
  return makeClaim({
    topic: 'saving/realised-share',
    statement,
    figures: [share],
    citations: [],
    confidence: '0.85',
    role: 'budget',
  });
}
