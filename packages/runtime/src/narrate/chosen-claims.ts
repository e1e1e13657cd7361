import type { Claim, ClaimId } from '@infrafabric/protocol';
import type { Report, ReportFinding } from '@infrafabric/report';

/** Findings that are explained one by one, and those that a summary may speak of. */
const EXPLAINED = 5;
const SUMMARISED = 8;
/** Risks without dollars in a summary. */
const ADVICE = 3;
/** Claims about the bill in a summary, of each kind. */
const OF_A_KIND = 2;

/** Kinds of claims about the bill that a summary may speak of, in this order. */
const BILL_TOPICS = [
  'spend/total',
  'spend/service',
  'forecast/month-end',
  'budget',
  'anomaly/summary',
  'anomaly',
  'change/month',
  'trend/fastest',
];

/** The claims a summary may stand on: what can be saved in all, the answer to the question, the largest findings, the bill. */
export function claimsOfSummary(report: Report): Claim[] {
  const findings = largest(report);
  const advice = report.findings
    .filter((entry): entry is ReportFinding => entry.verdict === 'FINDING' && entry.net === undefined)
    .toSorted((a, b) => (b.severity ?? 0) - (a.severity ?? 0));
  const ids = [
    report.totals.claim,
    report.waste.claim,
    report.action_plan.claim,
    ...(report.answer?.claims.slice(0, SUMMARISED) ?? []),
    ...findings.slice(0, SUMMARISED).flatMap(({ claim }) => claim ?? []),
    ...advice.slice(0, ADVICE).flatMap(({ claim }) => claim ?? []),
    ...BILL_TOPICS.flatMap((topic) => ofTopic(report, topic)),
  ];
  return claimsIn(report, ids);
}

/** The findings to explain, largest net saving first, each with the claims it stands on. */
export function explainedFindings(report: Report): { readonly finding: ReportFinding; readonly claims: Claim[] }[] {
  return largest(report)
    .slice(0, EXPLAINED)
    .map((finding) => ({
      finding,
      claims: claimsIn(
        report,
        [finding.claim, finding.savings?.claim].filter((id) => id !== undefined),
      ),
    }));
}

function largest({ findings }: Report): ReportFinding[] {
  return findings
    .filter((entry): entry is ReportFinding => entry.verdict === 'FINDING' && Number(entry.net?.effective ?? 0) > 0)
    .toSorted((a, b) => Number(b.net?.effective) - Number(a.net?.effective));
}

function ofTopic({ claims }: Report, topic: string): ClaimId[] {
  return claims
    .filter((claim) => claim.topic === topic || claim.topic.startsWith(`${topic}/`))
    .toSorted((a, b) => Number(a.topic > b.topic) - Number(a.topic < b.topic))
    .slice(0, OF_A_KIND)
    .map(({ id }) => id);
}

/** Each once, in the order given. */
function claimsIn({ claims }: Report, ids: readonly ClaimId[]): Claim[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
