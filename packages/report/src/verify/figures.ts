import { EvidenceReader } from '@infrafabric/collect';
import { FINOPS_DERIVATIONS } from '@infrafabric/finops';
import {
  type Citation,
  type Cited,
  type Claim,
  type Derivation,
  type Figure,
  isClaimIntact,
  resolvePointer,
} from '@infrafabric/protocol';
import { UPGRADE_DERIVATIONS } from '@infrafabric/upgrade';
import { firstLine } from './attempt.ts';
import { EvidenceElsewhere, type EvidenceSource } from './evidence-source.ts';
import type { Problem, VerifyOutcome } from './problem.ts';
import { unfoundedWords } from './statement.ts';

const DERIVATIONS: ReadonlyMap<string, Derivation> = new Map(
  [...FINOPS_DERIVATIONS, ...UPGRADE_DERIVATIONS].map((one) => [one.id, one]),
);

/** Parsed evidence kept at hand, by the bytes it was read from. Claims are taken in the order of what they cite, so it is parsed once. */
const CACHE_BYTES = 64 * 1024 * 1024;

/**
 * Recomputes every figure of every claim from what it cites, evidence by hash or figures of other claims, resolves every other
 * citation, and checks that sentences say no amount or percentage their figures do not.
 *
 * A figure right by an extract that was not compared with its whole counts as `extract`.
 * A derivation this version does not have, or evidence that did not travel, makes a figure not recomputable here, not wrong.
 */
export async function recomputeClaims(
  claims: readonly Claim[],
  source: EvidenceSource & { readonly extracts?: ReadonlySet<string> },
  problems: Problem[],
): Promise<VerifyOutcome['coverage']> {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const reader = new EvidenceReader(source, CACHE_BYTES);
  const resolve: Resolve = async (citation) =>
    citation.evidence.startsWith('if://claim/') ? claimValue(citation, byId) : reader.cited(citation);
  const coverage = { recomputed: 0, extract: 0, not_recomputable: 0 };
  for (const claim of inReadingOrder(claims)) {
    checkWords(claim, problems);
    const resolveOnce = onceEach(resolve);
    await checkCitations(claim, resolveOnce, problems);
    for (const [n, figure] of claim.figures.entries()) {
      const outcome = await recompute(figure, resolveOnce);
      const isExtract = figure.citations.some(({ evidence }) => source.extracts?.has(evidence) === true);
      if (outcome === 'right') coverage[isExtract ? 'extract' : 'recomputed'] += 1;
      else if (outcome === 'elsewhere') coverage.not_recomputable += 1;
      else problems.push({ ...outcome, where: `${claim.id}/figures/${n} (${figure.name})` });
    }
  }
  return coverage;
}

type Resolve = (citation: Citation) => Promise<Cited>;

/** Resolves each place once: the figures of one claim mostly cite the same places. */
function onceEach(resolve: Resolve): Resolve {
  const known = new Map<string, ReturnType<Resolve>>();
  return (citation) => {
    const place = `${citation.media_type} ${citation.evidence} ${citation.pointer}`;
    const found = known.get(place) ?? resolve(citation);
    known.set(place, found);
    return found;
  };
}

/** Claims that cite the same evidence one after the other. */
function inReadingOrder(claims: readonly Claim[]): Claim[] {
  const keyed = claims.map((claim) => ({ claim, key: firstEvidence(claim) }));
  return keyed.sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key)).map(({ claim }) => claim);
}

const firstEvidence = (claim: Claim): string =>
  (claim.citations[0] ?? claim.figures[0]?.citations[0])?.evidence ?? claim.id;

function checkWords(claim: Claim, problems: Problem[]): void {
  if (!isClaimIntact(claim))
    problems.push({ code: 'CLAIM_CHANGED', where: claim.id, message: 'the claim is not named by its own hash' });
  const words = unfoundedWords(claim);
  if (words.length === 0) return;
  const message = `its figures do not say ${words.slice(0, 5).join(', ')}`;
  problems.push({ code: 'STATEMENT_UNFOUNDED', where: claim.id, message });
}

async function checkCitations(claim: Claim, resolve: Resolve, problems: Problem[]): Promise<void> {
  for (const citation of claim.citations) {
    try {
      await resolve(citation);
    } catch (error) {
      if (error instanceof EvidenceElsewhere) continue;
      problems.push({ code: 'EVIDENCE_MISSING', where: `${claim.id}/citations`, message: firstLine(error) });
    }
  }
}

type FigureOutcome = 'right' | 'elsewhere' | Pick<Problem, 'code' | 'message'>;

async function recompute(figure: Figure, resolve: Resolve): Promise<FigureOutcome> {
  const derivation = DERIVATIONS.get(figure.derivation.id);
  if (derivation === undefined) return 'elsewhere';
  try {
    const cited = await Promise.all(figure.citations.map(resolve));
    const value = derivation.compute(cited, figure.derivation.params);
    return value === figure.value
      ? 'right'
      : { code: 'FIGURE_WRONG', message: `the report says ${figure.value}, its evidence gives ${value}` };
  } catch (error) {
    if (error instanceof EvidenceElsewhere) return 'elsewhere';
    return { code: error instanceof RangeError ? 'EVIDENCE_MISSING' : 'FIGURE_WRONG', message: firstLine(error) };
  }
}

function claimValue(citation: Citation, claims: ReadonlyMap<string, Claim>): Cited {
  const claim = claims.get(citation.evidence);
  const value = claim === undefined ? undefined : resolvePointer(claim, citation.pointer);
  if (value === undefined) throw new RangeError(`nothing at ${citation.evidence}${citation.pointer}`);
  return value;
}
