import {
  ANY_RESOURCE,
  type DecisionInForce,
  type Finding,
  type FindingId,
  findingId,
  findingIdOf,
  isSuppressing,
  priorityOf,
  type TaskResult,
} from '@infrafabric/finops';
import type { Decided, SuppressedFinding } from './model.ts';

/** The decisions of people that count, by finding. */
export type Decisions = ReadonlyMap<FindingId, DecisionInForce>;

/** The decisions among the results of a session. */
export function decisionsOf(results: readonly TaskResult[]): Decisions {
  const inForce = results.flatMap((result) => (result.kind === 'decisions' ? result.decisions : []));
  return new Map(inForce.map((one) => [one.decision.finding, one]));
}

/**
 * Splits verdicts into those that count and findings set aside by a person.
 *
 * Tags of the resource come before a decision about the finding, and that before one about its whole rule. Only a FINDING can be set aside; what is OK or UNKNOWN stays what it is.
 */
export function withoutSuppressed(
  findings: readonly Finding[],
  decisions: Decisions,
): { readonly counted: readonly Finding[]; readonly suppressed: readonly SuppressedFinding[] } {
  const counted: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const id = findingId(finding);
    const decision = decisions.get(id) ?? decisions.get(findingIdOf(finding.rule, ANY_RESOURCE));
    if (finding.verdict === 'FINDING' && finding.excluded !== undefined) {
      suppressed.push(aside(finding, { kind: 'tag', ...finding.excluded }));
      continue;
    }
    if (finding.verdict !== 'FINDING' || decision === undefined || !isSuppressing(decision.decision)) {
      counted.push(finding);
      continue;
    }
    suppressed.push(aside(finding, { kind: 'decision', ...decidedOf(decision) }));
  }
  return { counted, suppressed };
}

function aside(finding: Finding, suppression: SuppressedFinding['suppression']): SuppressedFinding {
  const { excluded: _, ...rest } = finding;
  return {
    ...rest,
    id: findingId(finding),
    verdict: 'FINDING',
    priority: priorityOf(finding, finding.savings?.effective),
    suppression,
  };
}

/** What the report says of a decision: who, when, why, and where it stands. */
export function decidedOf({ decision: made, citation }: DecisionInForce): Decided {
  const { decision, by, at, reason, until } = made;
  return {
    decision,
    by,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    citation,
  };
}
