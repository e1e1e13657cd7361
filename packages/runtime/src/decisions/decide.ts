import { ANY_RESOURCE, type Decision, FindingId, resourceKey } from '@infrafabric/finops';
import { digestOf } from '@infrafabric/protocol';
import type { Report, ReportFinding, SuppressedFinding } from '@infrafabric/report';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { openHome } from '../home.ts';
import { findRule } from '../rules.ts';
import { keepDecisions } from './decision-folder.ts';
import { decisionOf, type Subject } from './decision-of.ts';
import { chosenReport } from '../chosen-report.ts';

/** What a person decides: about findings by id, or about one by rule and resource. */
export interface Deciding {
  readonly decision: Decision['decision'];
  readonly findings: readonly string[];
  readonly rule?: string | undefined;
  /** A resource key `account/region/type/id`, an id that one finding of the report has, or `*` for every resource. */
  readonly resource?: string | undefined;
  readonly reason?: string | undefined;
  /** YYYY-MM-DD. */
  readonly until?: string | undefined;
  readonly by?: string | undefined;
  /** A report directory or a session; the latest session with a report unless given. */
  readonly report?: string | undefined;
}

/**
 * Keeps decisions for later analyses.
 *
 * @throws RuntimeError `FINDING_UNKNOWN`, `DECISION_INVALID`.
 */
export async function decide(config: Config, asked: Deciding): Promise<Decision[]> {
  refuseIncomplete(asked);
  const home = openHome(config.home);
  const { report, reportJson } = await chosenReport(config, asked.report);
  const found = report === undefined ? [] : [...report.findings.filter(isFinding), ...report.suppressed];
  const subjects = subjectsOf(asked, found);
  const sha256 = digestOf(reportJson.trimEnd());
  const at = new Date(systemClock.nowMs()).toISOString();
  const decisions = subjects.map((subject) => decisionOf(subject, asked, { at, as_of: report?.as_of ?? '', sha256 }));
  keepDecisions(home.path, decisions);
  return decisions;
}

const isFinding = (one: Report['findings'][number]): one is ReportFinding => one.verdict === 'FINDING';

function refuseIncomplete({ decision, findings, rule, resource, reason, until }: Deciding): void {
  const named = (rule === undefined ? 0 : 1) + (resource === undefined ? 0 : 1);
  if (named === 1 || (findings.length === 0) === (named === 0))
    throw bad('expected finding ids, or --rule and --resource', `infrafabric decisions ${decision} f-0123456789abcdef`);
  if (resource === ANY_RESOURCE && decision === 'accept')
    throw bad('expected findings to accept one by one', `infrafabric decisions accept f-0123456789abcdef`);
  if (decision === 'snooze' && until === undefined)
    throw bad('expected a snooze to say until when', 'add --until 2026-12-31');
  if (decision === 'reject' && (reason ?? '').trim() === '')
    throw bad('expected a rejection to say why', 'add --reason "kept for the audit"');
}

const bad = (message: string, fix: string): RuntimeError => new RuntimeError('DECISION_INVALID', { message, fix });

function subjectsOf(asked: Deciding, found: readonly (ReportFinding | SuppressedFinding)[]): Subject[] {
  const { rule, resource } = asked;
  if (rule !== undefined && resource !== undefined) return [subjectOf(rule, resource, found)];
  return asked.findings.map((id) => {
    const shown = found.find((one) => one.id === id);
    if (shown !== undefined) return { rule: shown.rule, resource: resourceKey(shown.resource), shown };
    throw unknown(id, FindingId.safeParse(id).success);
  });
}

function subjectOf(rule: string, resource: string, found: readonly (ReportFinding | SuppressedFinding)[]): Subject {
  if (resource === ANY_RESOURCE) return { rule: findRule(rule).id, resource, shown: undefined };
  const fits = found.filter(
    (one) => one.rule === rule && (resourceKey(one.resource) === resource || one.resource.id === resource),
  );
  const [shown, ...more] = fits;
  if (shown !== undefined && more.length === 0) return { rule, resource: resourceKey(shown.resource), shown };
  if (/^[^/]+\/[^/]+\/[^/]+\/.+$/s.test(resource)) return { rule, resource, shown: undefined };
  throw unknown(`${rule} ${resource}`, true);
}

function unknown(name: string, isShaped: boolean): RuntimeError {
  return new RuntimeError('FINDING_UNKNOWN', {
    message: isShaped ? 'the report has no such finding' : 'expected a finding id such as f-0123456789abcdef',
    where: name.slice(0, 200),
    fix: 'finding ids stand in report.json, findings.csv and beside each finding; --report DIR names another report',
  });
}
