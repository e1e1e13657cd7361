import { Decimal } from '@infrafabric/finops';
import type { Report } from '../model.ts';

/** How many of the checks made have an answer, FINDING or OK, as a sentence; percent rounded down, so 100.0 means all. */
export function answeredText(coverage: Report['coverage']): string {
  const answered = coverage.reduce((sum, { finding, ok }) => sum + finding + ok, 0);
  const all = coverage.reduce((sum, { unknown }) => sum + unknown, answered);
  if (all === 0) return 'No check was made.';
  const percent = new Decimal(answered).times(100).div(all).toDecimalPlaces(1, Decimal.ROUND_DOWN).toFixed(1);
  return `${percent} % of the checks have an answer: ${answered} of ${all}.`;
}
