import type { Citation, Claim } from '@infrafabric/protocol';
import { FinopsError } from './errors.ts';

/**
 * Cites a figure of another claim by its name.
 *
 * @throws FinopsError `FIGURE_UNKNOWN` when the claim has no such figure.
 */
export function citeFigure(claim: Claim, name: string): Citation {
  const index = claim.figures.findIndex((figure) => figure.name === name);
  if (index === -1) {
    throw new FinopsError('FIGURE_UNKNOWN', { message: `expected a figure named ${name}, got none`, where: claim.id });
  }
  return { evidence: claim.id, pointer: `/figures/${index}/value`, media_type: 'application/json' };
}
