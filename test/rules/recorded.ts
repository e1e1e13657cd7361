import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Report } from '@infrafabric/report';
import type { VerdictCounts } from '@infrafabric/runtime';
import { analyze, ROOT } from './run.ts';

const ESTATE = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'estates/recorded');

/** Why runs over the recorded answers are skipped; empty when they are there. */
export const NO_RECORDED = existsSync(ESTATE) ? '' : ` (skipped: no ${ESTATE})`;

/** The recorded answers as they are judged on a day. */
export const recordedReport = (asOf: string): Promise<Report> => analyze(['--estate', ESTATE, '--as-of', asOf]);

/** The day of the pinned verdicts. */
export const DAY = '2026-11-20';

/** Days on which rules about dates have something else to say of the same answers. */
export const OTHER_DAYS = ['2026-06-01', '2024-08-15'] as const;

/** Verdicts by rule, added up over reports. */
export function countsByRule(reports: readonly Report[]): Record<string, VerdictCounts> {
  const counts: Record<string, VerdictCounts> = {};
  for (const { rule, finding, ok, unknown } of reports.flatMap((report) => report.coverage)) {
    const before = counts[rule] ?? { finding: 0, ok: 0, unknown: 0 };
    counts[rule] = { finding: before.finding + finding, ok: before.ok + ok, unknown: before.unknown + unknown };
  }
  return counts;
}

/** Every verdict of a report but OK as one line each: rule, where, verdict, then the monthly list saving in USD or what is missing. */
export function verdictLines(report: Report): string[] {
  const lines = report.findings.flatMap((one) =>
    'resources' in one
      ? one.resources.map((resource) => [one.rule, keyOf(resource), 'UNKNOWN', `${one.reason}: ${one.detail}`])
      : [[one.rule, keyOf(one.resource), 'FINDING', one.savings?.list ?? one.savings_unknown?.detail ?? '-']],
  );
  return lines.map((line) => line.join('\t')).sort();
}

const keyOf = ({ region, type, id }: { region: string; type: string; id: string }): string => `${region}/${type}/${id}`;
