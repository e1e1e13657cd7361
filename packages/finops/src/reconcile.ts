import { canonicalJson } from '@infrafabric/protocol';
import type { VersionVerdict } from './version-verdict.ts';

/**
 * Makes one verdict of the verdicts on each description of a resource.
 *
 * A description that lacks a field (UNKNOWN(FIELD_MISSING), as short list answers do) does not contradict one that has it.
 * Otherwise verdicts must agree, a finding also in its target and every figure's value; if not, or if one description says that the
 * resource is gone, it is UNKNOWN(CONFLICTING_EVIDENCE).
 */
export function reconcile(verdicts: readonly (VersionVerdict | 'ENDED')[]): VersionVerdict {
  const complete = verdicts.filter((one) => one === 'ENDED' || !isFieldMissing(one));
  const counting = complete.length > 0 ? complete : verdicts;
  const [first] = counting;
  if (first === undefined) return { verdict: 'OK' };
  const said = new Set(counting.map(essence));
  if (said.size === 1 && first !== 'ENDED') return first;
  const all = first === 'ENDED' && said.size === 1 ? verdicts : counting;
  return {
    verdict: 'UNKNOWN',
    reason: 'CONFLICTING_EVIDENCE',
    detail: `${all.length} descriptions of the resource disagree: ${[...new Set(all.map(word))].toSorted().join(', ')}`,
  };
}

const isFieldMissing = (one: VersionVerdict): boolean => one.verdict === 'UNKNOWN' && one.reason === 'FIELD_MISSING';

/** What must be equal for two verdicts to agree. */
function essence(one: VersionVerdict | 'ENDED'): string {
  if (one === 'ENDED') return 'ENDED';
  if (one.verdict === 'OK') return 'OK';
  if (one.verdict === 'UNKNOWN') return `UNKNOWN ${one.reason}`;
  return `FINDING ${canonicalJson([one.target ?? null, one.figures.map(({ name, value, unit }) => [name, value, unit])])}`;
}

function word(one: VersionVerdict | 'ENDED'): string {
  if (one === 'ENDED') return 'gone';
  return one.verdict === 'UNKNOWN' ? `UNKNOWN(${one.reason})` : one.verdict;
}
