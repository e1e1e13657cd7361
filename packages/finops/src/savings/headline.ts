import type { Finding } from '../model/finding.ts';
import { Decimal } from '../money.ts';

/**
 * The confidence from which a saving counts as `confident`; one below is `to_confirm` and stands beside the headline, not in it.
 *
 * Source: our own choice, one half: the finding is then more likely right than wrong. A size chosen without memory metrics
 * is at 0.40.
 */
export const HEADLINE_CONFIDENCE = '0.50';

/** Whether a finding is sure enough for the headline; one that does not say how sure it is, is not. */
export const isConfident = ({ confidence }: Pick<Finding, 'confidence'>): boolean =>
  new Decimal(confidence ?? 0).greaterThanOrEqualTo(HEADLINE_CONFIDENCE);
