import type { Citation, EvidenceId } from '@infrafabric/protocol';
import type { Decision, DecisionDocument, FindingId } from '../model/decision.ts';

/** A decision that counts on the day of an analysis, and where it stands. */
export interface DecisionInForce {
  readonly decision: Decision;
  readonly citation: Citation;
}

/**
 * The decisions that count on `asOf` (`YYYY-MM-DD`), by finding, in the order of finding ids.
 *
 * Only the latest about a finding can count: one that expired or was withdrawn brings no older one back. A snooze or rejection
 * counts before its `until` and no longer on that day.
 */
export function decisionsInForce(document: DecisionDocument, evidence: EvidenceId, asOf: string): DecisionInForce[] {
  const latest = new Map<FindingId, DecisionInForce>();
  for (const [at, decision] of document.decisions.entries()) {
    const citation: Citation = { evidence, pointer: `/decisions/${at}`, media_type: 'application/json' };
    latest.set(decision.finding, { decision, citation });
  }
  return [...latest.values()]
    .filter(({ decision }) => counts(decision, asOf))
    .toSorted((a, b) => (a.decision.finding < b.decision.finding ? -1 : 1));
}

function counts({ decision, until }: Decision, asOf: string): boolean {
  if (decision === 'withdraw') return false;
  return decision === 'accept' || until === undefined || asOf < until;
}

/** Whether a decision takes its finding out of the totals. */
export const isSuppressing = ({ decision }: Decision): boolean => decision === 'snooze' || decision === 'reject';
