import { userInfo } from 'node:os';
import { Decision, findingIdOf } from '@infrafabric/finops';
import type { Digest } from '@infrafabric/protocol';
import type { ReportFinding, SuppressedFinding } from '@infrafabric/report';
import { RuntimeError } from '../errors.ts';
import type { Deciding } from './decide.ts';

/** A finding as a decision names it; `shown` is absent when no report has it. */
export interface Subject {
  readonly rule: string;
  readonly resource: string;
  readonly shown: ReportFinding | SuppressedFinding | undefined;
}

/** When a decision is made (ISO 8601), and by which report. */
export interface Moment {
  readonly at: string;
  readonly as_of: string;
  readonly sha256: Digest;
}

/** A decision about one finding; an accepted one keeps what it claims. @throws RuntimeError `DECISION_INVALID`. */
export function decisionOf(subject: Subject, asked: Deciding, moment: Moment): Decision {
  const { rule, resource } = subject;
  const parsed = Decision.safeParse({
    decision: asked.decision,
    finding: findingIdOf(rule, resource),
    rule,
    resource,
    by: asked.by ?? userInfo().username,
    at: moment.at,
    ...(asked.reason === undefined ? {} : { reason: asked.reason }),
    ...(asked.until === undefined ? {} : { until: asked.until }),
    ...(asked.decision === 'accept' ? claimedBy(subject, moment) : {}),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` in ${issue.path.join('.')}`;
  throw new RuntimeError('DECISION_INVALID', {
    message: `${issue?.message ?? 'expected a decision'}${where}`,
    fix: 'dates are YYYY-MM-DD; a reason and a name have 1 to 500 characters',
  });
}

/** What a finding adds to the totals, or would add if it stood alone, and what its resource costs; nothing for advice without dollars. */
function claimedBy({ shown }: Subject, { as_of, sha256 }: Moment): Pick<Decision, 'claimed'> {
  if (shown?.savings === undefined) return {};
  const net = 'net' in shown ? shown.net : undefined;
  const { effective, cap: cost } = shown.savings;
  return { claimed: { effective: net?.effective ?? effective, cost, as_of, report_sha256: sha256 } };
}
