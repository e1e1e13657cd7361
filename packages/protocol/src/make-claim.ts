import { canonicalJson } from './canonical.ts';
import type { Claim } from './claim.ts';
import { sha256Hex } from './hash.ts';
import { claimId } from './ids.ts';

/** Gives a claim its name: the hash of everything else in it. */
export function makeClaim(draft: Omit<Claim, 'id'>): Claim {
  return { id: claimId(sha256Hex(canonicalJson(draft))), ...draft };
}

/** Whether a claim's name is the hash of the rest of it. */
export function isClaimIntact(claim: Claim): boolean {
  const { id, ...draft } = claim;
  return id === claimId(sha256Hex(canonicalJson(draft)));
}
