import { EvidenceReader } from '@infrafabric/collect';
import { FINOPS_DERIVATIONS } from '@infrafabric/finops';
import {
  type Citation,
  type Cited,
  type Claim,
  type Derivation,
  type EvidenceId,
  type Figure,
  isClaimIntact,
  resolvePointer,
} from '@infrafabric/protocol';
import { UPGRADE_DERIVATIONS } from '@infrafabric/upgrade';
import type { Problem, VerifyOutcome } from './problem.ts';

/** Where evidence is read from: the folder, and for what was too large to travel, the reader's own copies. */
export interface EvidenceSource {
  /** `undefined` when nobody has it and the signed session says it was left out. @throws when it should be there. */
  readonly get: (id: EvidenceId) => Promise<Uint8Array | undefined>;
}

const DERIVATIONS: ReadonlyMap<string, Derivation> = new Map(
  [...FINOPS_DERIVATIONS, ...UPGRADE_DERIVATIONS].map((one) => [one.id, one]),
);

/** Names evidence that is known to be elsewhere. */
class LeftOut extends Error {}

/**
 * Recomputes every figure of every claim from what it cites: evidence by hash, or figures of other claims.
 *
 * A derivation this version does not have, or evidence that did not travel, makes a figure not recomputable here, not wrong.
 */
export async function recomputeFigures(
  claims: readonly Claim[],
  source: EvidenceSource,
  problems: Problem[],
): Promise<VerifyOutcome['coverage']> {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const reader = new EvidenceReader({
    get: async (id) => {
      const bytes = await source.get(id);
      if (bytes === undefined) throw new LeftOut();
      return bytes;
    },
  });
  const coverage = { recomputed: 0, extract: 0, not_recomputable: 0 };
  for (const claim of claims) {
    if (!isClaimIntact(claim))
      problems.push({ code: 'CLAIM_CHANGED', where: claim.id, message: 'the claim is not named by its own hash' });
    for (const [n, figure] of claim.figures.entries()) {
      const outcome = await recompute(figure, byId, reader);
      if (outcome === 'right') coverage.recomputed += 1;
      else if (outcome === 'elsewhere') coverage.not_recomputable += 1;
      else problems.push({ ...outcome, where: `${claim.id}/figures/${n} (${figure.name})` });
    }
  }
  return coverage;
}

type FigureOutcome = 'right' | 'elsewhere' | Pick<Problem, 'code' | 'message'>;

async function recompute(
  figure: Figure,
  claims: ReadonlyMap<string, Claim>,
  reader: EvidenceReader,
): Promise<FigureOutcome> {
  const derivation = DERIVATIONS.get(figure.derivation.id);
  if (derivation === undefined) return 'elsewhere';
  try {
    const cited = await Promise.all(figure.citations.map((citation) => resolve(citation, claims, reader)));
    const value = derivation.compute(cited, figure.derivation.params);
    return value === figure.value
      ? 'right'
      : { code: 'FIGURE_WRONG', message: `the report says ${figure.value}, its evidence gives ${value}` };
  } catch (error) {
    if (error instanceof LeftOut) return 'elsewhere';
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unreadable';
    return { code: error instanceof RangeError ? 'EVIDENCE_MISSING' : 'FIGURE_WRONG', message };
  }
}

async function resolve(citation: Citation, claims: ReadonlyMap<string, Claim>, reader: EvidenceReader): Promise<Cited> {
  if (!citation.evidence.startsWith('if://claim/')) return reader.cited(citation);
  const claim = claims.get(citation.evidence);
  const value = claim === undefined ? undefined : resolvePointer(claim as never, citation.pointer);
  if (value === undefined) throw new RangeError(`nothing at ${citation.evidence}${citation.pointer}`);
  return value;
}
