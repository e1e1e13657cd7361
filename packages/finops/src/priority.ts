import type { Finding, Grade } from './model/finding.ts';
import { Decimal } from './money.ts';

/** How soon a finding deserves attention. */
export type Priority = 'high' | 'medium' | 'low';

const GRADES: readonly Grade[] = ['VeryLow', 'Low', 'Medium', 'High', 'VeryHigh'];

/** What one grade of effort or risk takes away: VeryLow nothing, VeryHigh four fifths. Source: our own choice. */
const PER_GRADE = new Decimal('0.2');

/** Scores, in USD a month, from which a finding is high or medium. Source: our own choice; 100 is the default cost alert. */
const HIGH_FROM = new Decimal(100);
const MEDIUM_FROM = new Decimal(10);

/** Severities, 0 to 10, from which advice without dollars is high or medium. Source: CVSS 3.1 section 5, High from 7.0, Medium from 4.0. */
const HIGH_SEVERITY = 7;
const MEDIUM_SEVERITY = 4;

/** The formula of {@link priorityOf} as the report states it. */
export const PRIORITY_FORMULA =
  'score = net USD a month x confidence x (1 - 0.2 x the worse of effort and risk, VeryLow 0 to VeryHigh 4); ' +
  'high from 100, medium from 10, else low. Advice without dollars: high from severity 7, medium from 4, else low.';

/**
 * Grades a finding: score = net saving x confidence x (1 - 0.2 x the worse of effort and risk, VeryLow 0 to VeryHigh 4).
 *
 * High from 100 USD/month, medium from 10; or by severity, high from 7 and medium from 4, when it is advice without dollars.
 */
export function priorityOf(finding: Finding, netUsdMonth?: string): Priority {
  if (netUsdMonth === undefined) {
    const severity = finding.severity ?? 0;
    if (severity >= HIGH_SEVERITY) return 'high';
    return severity >= MEDIUM_SEVERITY ? 'medium' : 'low';
  }
  const worse = Math.max(gradeOf(finding.effort), gradeOf(finding.risk));
  const ease = new Decimal(1).minus(PER_GRADE.times(worse));
  const score = new Decimal(netUsdMonth).times(finding.confidence ?? '1').times(ease);
  if (score.greaterThanOrEqualTo(HIGH_FROM)) return 'high';
  return score.greaterThanOrEqualTo(MEDIUM_FROM) ? 'medium' : 'low';
}

const gradeOf = (grade: Grade | undefined): number => GRADES.indexOf(grade ?? 'Medium');
