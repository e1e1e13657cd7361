import type { Citation, Claim, Figure } from '@infrafabric/protocol';
import { FinopsError } from '../errors.ts';

/** The figure of a finding's claim that is challenged. */
export const CHALLENGED = 'list_saving';

/** The figure of a claim that a challenge is about. @throws FinopsError `FIGURE_UNKNOWN`. */
export function challengedFigure(claim: Claim): Figure {
  const figure = claim.figures.find(({ name }) => name === CHALLENGED);
  if (figure !== undefined) return figure;
  throw new FinopsError('FIGURE_UNKNOWN', {
    message: `expected a figure named ${CHALLENGED}, got none`,
    where: claim.id,
  });
}

/** Whether the challenged figure of a claim rests on any of this evidence, or is not there at all. */
export function isSameRoad(claim: Claim, evidence: readonly Citation[]): boolean {
  const figure = claim.figures.find(({ name }) => name === CHALLENGED);
  return figure === undefined || sharesEvidence(figure.citations, evidence);
}

/**
 * Refuses a second derivation that is not independent of the challenged one: it must be another derivation, from evidence
 * the challenged figure does not cite. @throws FinopsError `CHALLENGE_NOT_INDEPENDENT`.
 */
export function refuseSameRoad(challenged: Figure, second: Figure): void {
  const isSame = challenged.derivation.id === second.derivation.id;
  if (!isSame && !sharesEvidence(challenged.citations, second.citations)) return;
  throw new FinopsError('CHALLENGE_NOT_INDEPENDENT', {
    message: `expected another derivation from other evidence than ${challenged.derivation.id}, got ${second.derivation.id}`,
  });
}

function sharesEvidence(some: readonly Citation[], others: readonly Citation[]): boolean {
  const known = new Set(some.map(({ evidence }) => evidence));
  return others.some(({ evidence }) => known.has(evidence));
}
