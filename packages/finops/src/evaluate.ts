import type { Claim } from '@infrafabric/protocol';
import { unlisted, unseen } from './denied.ts';
import { versionHash } from './inventory/version-hash.ts';
import { type JudgeContext, type Judged, type JudgedResource, compareCitations } from './judge-subject.ts';
import { judgeResource } from './judge-resource.ts';
import { hasEnded } from './life-state.ts';
import type { Coverage, Finding } from './model/finding.ts';
import { resourceKey } from './model/resource.ts';
import type { JudgeResult } from './model/result.ts';
import type { Rule } from './model/rule.ts';
import { uniqueCitations } from './version-verdict.ts';

/**
 * Judges every resource with every rule that applies to its kind.
 *
 * Each distinct description is judged; where the verdicts differ the answer is UNKNOWN(CONFLICTING_EVIDENCE). Resources that
 * are gone are not judged. Where AWS denied what a rule needs, it is UNKNOWN(ACCESS_DENIED). The result does not depend on the
 * order of rules or resources.
 */
export function evaluate(
  rules: readonly Rule[],
  resources: readonly JudgedResource[],
  context: JudgeContext,
): JudgeResult {
  const findings: Finding[] = [];
  const claims = new Map<string, Claim>();
  const coverage = new Map<string, Coverage>();
  const rulesOf = Map.groupBy(rules, (rule) => rule.appliesTo);
  for (const resource of resources) {
    const versions = distinctVersions(resource);
    if (versions.every((version) => hasEnded(resource.resource.type, version.item))) continue;
    for (const rule of rulesOf.get(resource.resource.type) ?? []) {
      const judged = judgeOrBlock(rule, { ...resource, versions }, context);
      coverage.set(rule.id, counted(coverage.get(rule.id), rule, judged.verdict));
      if (judged.verdict === 'OK') continue;
      findings.push(judged.finding);
      for (const claim of judged.claims) claims.set(claim.id, claim);
    }
  }
  for (const rule of rules) {
    for (const finding of unlisted(rule, context.denied ?? [])) {
      coverage.set(rule.id, counted(coverage.get(rule.id), rule, 'UNKNOWN'));
      findings.push(finding);
    }
  }
  return {
    kind: 'judge',
    findings: sortedByKey(findings),
    claims: [...claims.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    coverage: [...coverage.values()].toSorted((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}

/** UNKNOWN where AWS denied what the rule reads beside the resource; else its verdict. */
function judgeOrBlock(rule: Rule, resource: JudgedResource, context: JudgeContext): Judged {
  const blocked = unseen(rule, resource.resource, context.denied ?? []);
  if (blocked === undefined) return judgeResource(rule, resource, context);
  return { verdict: 'UNKNOWN', finding: blocked, claims: [] };
}

function sortedByKey(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((finding) => ({ finding, key: `${finding.rule} ${resourceKey(finding.resource)}` }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ finding }) => finding);
}

/** Descriptions of equal content as one, with all their places, in an order that does not depend on the input's. */
function distinctVersions(resource: JudgedResource): JudgedResource['versions'] {
  const isOne = resource.versions.length === 1;
  const byHash = Map.groupBy(resource.versions, (version) => (isOne ? '' : (versionHash(version.item) ?? '')));
  return [...byHash.values()]
    .map((same) => ({
      item: same[0]?.item ?? {},
      citations: uniqueCitations(same.flatMap((one) => one.citations)).toSorted(compareCitations),
    }))
    .filter((version) => version.citations.length > 0)
    .toSorted((a, b) => (firstPlace(a) < firstPlace(b) ? -1 : 1));
}

const firstPlace = (version: JudgedResource['versions'][number]): string =>
  `${version.citations[0]?.evidence}#${version.citations[0]?.pointer}`;

function counted(before: Coverage | undefined, rule: Rule, verdict: Judged['verdict']): Coverage {
  const { finding, ok, unknown } = before ?? { finding: 0, ok: 0, unknown: 0 };
  return {
    rule: rule.id,
    service: rule.service,
    finding: finding + (verdict === 'FINDING' ? 1 : 0),
    ok: ok + (verdict === 'OK' ? 1 : 0),
    unknown: unknown + (verdict === 'UNKNOWN' ? 1 : 0),
  };
}
