import { type Rule, type Subject, openTable } from '@infrafabric/finops';
import { aSubject, anEvidenceId, anObserved, type SubjectOptions } from '@infrafabric/finops/testing';
import type { JsonObject } from '@infrafabric/protocol';
import { LIFECYCLE_TABLE } from '../tables.ts';

/** Our life-cycle table as a session stores it. */
export const ourLifecycles = openTable(LIFECYCLE_TABLE, anEvidenceId(LIFECYCLE_TABLE));

/** A resource judged with our life-cycle table, on 2026-11-20 in us-east-1 unless told otherwise. */
export function judged(
  type: Parameters<typeof anObserved>[0],
  item: JsonObject,
  more: Omit<Partial<SubjectOptions>, 'of'> & { region?: string } = {},
): Subject {
  const { region = 'us-east-1', ...options } = more;
  return aSubject({ lifecycle: ourLifecycles, ...options, of: anObserved(type, 'one', item, { region }) });
}

/** The statement of a finding, or the verdict and its reason. */
export function saying(rule: Pick<Rule, 'judge'>, subject: Subject): string {
  const verdict = rule.judge(subject);
  if (verdict.verdict === 'FINDING') return verdict.statement;
  return verdict.verdict === 'OK' ? 'OK' : `UNKNOWN ${verdict.reason}: ${verdict.detail}`;
}
