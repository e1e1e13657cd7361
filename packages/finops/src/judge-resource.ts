import { type Claim, makeClaim } from '@infrafabric/protocol';
import { type JudgeContext, type Judged, type JudgedResource, findingHead } from './judge-subject.ts';
import { excludedBy } from './controls/exclusion.ts';
import { hasEnded } from './life-state.ts';
import type { Finding } from './model/finding.ts';
import type { Rule } from './model/rule.ts';
import { reconcile } from './reconcile.ts';
import { billedSaving } from './savings/billed-claim.ts';
import { type VersionVerdict, judgeVersion, uniqueCitations } from './version-verdict.ts';

/** Judges one resource with one rule, over all its descriptions, and states the outcome as a finding with its claims. */
export function judgeResource(rule: Rule, resource: JudgedResource, context: JudgeContext): Judged {
  const verdicts = resource.versions.map((version) => judgeOne(rule, resource, version, context));
  const head = findingHead(rule, resource.resource);
  const verdict = reconcile(verdicts);
  if (verdict.verdict === 'OK') return verdict;
  if (verdict.verdict === 'UNKNOWN') return unknown(rule, resource, verdict);
  const citations = uniqueCitations(resource.versions.flatMap((version) => version.citations));
  const claim = makeClaim({
    topic: verdict.saves ? 'saving' : 'advice',
    statement: verdict.statement,
    figures: [...verdict.figures],
    citations: uniqueCitations([...citations, ...verdict.citations]),
    confidence: verdict.confidence,
    role: rule.role,
  });
  const { claims, ...saving } = savingOf(claim, verdict, resource);
  const excluded = excludedBy(rule.id, [...resource.versions, ...(resource.tags ?? [])], context.exclude ?? []);
  const aside = excluded === undefined ? {} : { excluded };
  return { verdict: 'FINDING', finding: { ...head, ...found(rule, verdict, claim), ...saving, ...aside }, claims };
}

/** An UNKNOWN as a finding; only a conflict has a claim, which cites every description. */
function unknown(
  rule: Rule,
  { resource, versions }: JudgedResource,
  { reason, detail }: Extract<VersionVerdict, { verdict: 'UNKNOWN' }>,
): Judged {
  const finding = { ...findingHead(rule, resource), verdict: 'UNKNOWN' as const, reason, detail };
  if (reason !== 'CONFLICTING_EVIDENCE') return { verdict: 'UNKNOWN', finding, claims: [] };
  const claim = makeClaim({
    topic: 'conflict',
    statement: detail,
    figures: [],
    citations: uniqueCitations(versions.flatMap((version) => version.citations)),
    confidence: '1.00',
    role: rule.role,
  });
  return { verdict: 'UNKNOWN', finding: { ...finding, claim: claim.id }, claims: [claim] };
}

function judgeOne(
  rule: Rule,
  resource: JudgedResource,
  version: JudgedResource['versions'][number],
  context: JudgeContext,
): VersionVerdict | 'ENDED' {
  const [citation] = version.citations;
  if (citation === undefined || hasEnded(resource.resource.type, version.item)) return 'ENDED';
  return judgeVersion(rule, resource, { resource: resource.resource, item: version.item, citation }, context);
}

function found(rule: Rule, verdict: Extract<VersionVerdict, { verdict: 'FINDING' }>, claim: Claim) {
  return {
    verdict: 'FINDING' as const,
    claim: claim.id,
    actionType: rule.actionType,
    step: verdict.step ?? rule.step,
    severity: verdict.severity,
    effort: verdict.effort ?? rule.effort,
    risk: rule.risk,
    restartNeeded: rule.restartNeeded,
    rollbackPossible: rule.rollbackPossible,
    confidence: claim.confidence,
    ...(verdict.target === undefined ? {} : { target: { ...verdict.target } }),
    ...(verdict.savingsUnknown === undefined ? {} : { savings_unknown: verdict.savingsUnknown }),
  };
}

/** The saving a claim states: on the bill when the bill covers the resource, else at list price. */
function savingOf(
  claim: Claim,
  { saves, isSurcharge }: { saves: boolean; isSurcharge: boolean },
  resource: JudgedResource,
): { claims: Claim[]; savings?: NonNullable<Finding['savings']> } {
  if (!saves) return { claims: [claim] };
  if (resource.costs !== undefined) {
    const billed = billedSaving(claim, isSurcharge);
    return { claims: [claim, billed.claim], savings: billed.savings };
  }
  const value = (name: string) => claim.figures.find((figure) => figure.name === name)?.value ?? '0.00';
  const list = value('list_saving');
  const savings = {
    basis: 'list' as const,
    list,
    effective: list,
    cash_now: list,
    freed_commitment: '0.00',
    cap: value('list_cost'),
  };
  return { claims: [claim], savings };
}
