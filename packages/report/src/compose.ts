import {
  actionPlan,
  changedThresholds,
  commitmentAdvice,
  type Coverage,
  type Finding,
  FINOPS_RULES,
  findingId,
  findingKey,
  type Gathered,
  type JudgeResult,
  PRIORITY_FORMULA,
  priorityOf,
  removeOverlap,
  isInventory,
  leftOutClaim,
  resourceKey,
  type TaskResult,
  WASTE_MEANING,
  wasteClaim,
  wholeManifest,
} from '@infrafabric/finops';
import type { Claim } from '@infrafabric/protocol';
import { UPGRADE_RULES } from '@infrafabric/upgrade';
import { answerOf } from './answer.ts';
import { heedChallenges } from './challenges.ts';
import { commitmentsOf, reportCommitments, withoutReplaced } from './commitments.ts';
import { gapsOf } from './gaps.ts';
import { notesOf } from './notes.ts';
import { opinionClaims, secondOpinions } from './opinions.ts';
import { type Decisions, decidedOf, decisionsOf, withoutSuppressed } from './suppressed.ts';
import type { LeftOut, Waste } from './model-plan.ts';
import type { Report, ReportFinding, Totals, UnknownGroup } from './model.ts';

/**
 * Makes the report of what was gathered: a pure function, so that `verify` can make it again and compare the bytes.
 *
 * Overlap between findings is removed here, once, over all agents; every array is sorted.
 */
export function composeReport(gathered: Gathered): Report {
  const results = gathered.results.map((one) => one.result);
  const judged = results.filter((result): result is JudgeResult => result.kind === 'judge');
  const derived = [...results.flatMap(claimsOf), ...opinionClaims(results)];
  const { findings, claims, section } = heedChallenges(results, derived);
  const decisions = decisionsOf(results);
  const committed = commitmentsOf(results);
  const { kept, replaced } = withoutReplaced(findings, committed);
  const { counted, suppressed } = withoutSuppressed(kept, decisions);
  const net = removeOverlap(counted, claims);
  const advice = commitmentAdvice(committed, { findings: counted, net, claims });
  const waste = wasteClaim(counted, net, claims);
  const leftOut = leftOutClaim(suppressed, claims);
  const plan = actionPlan(counted, net, { rules: RULES, asOf: gathered.request.as_of });
  const shown = counted
    .filter((finding) => finding.verdict === 'FINDING')
    .map((finding) => reportFinding(finding, net.nets.get(findingKey(finding)), decisions));
  const notes = notesOf(results, gathered, RULES);
  return {
    format: 'infrafabric.report/1',
    as_of: gathered.request.as_of,
    request: pick(gathered.request),
    ...answerOf(gathered.request, { claims, findings: shown, notes, rules: RULES }),
    tables: gathered.request.tables,
    plan: planOf(gathered),
    totals: totalsOf(net.totals, shown.length),
    waste: wasteOf(waste),
    priority: PRIORITY_FORMULA,
    findings: [...shown.sort(byKey), ...groupUnknowns(findings)],
    action_plan: { claim: plan.claim.id, covered: plan.covered, steps: plan.steps },
    ...reportCommitments(advice, replaced),
    ...section,
    second_opinions: secondOpinions({
      results,
      findings,
      counted,
      claims,
      rules: RULES,
      roles: gathered.request.roles,
    }),
    left_out: leftOutOf(leftOut, suppressed.length),
    suppressed: suppressed.toSorted(byKey),
    coverage: addCoverage(judged.flatMap((result) => result.coverage)),
    claims: uniqueClaims([...claims, ...net.claims, ...(advice?.claims ?? []), waste, plan.claim, leftOut]),
    gaps: gapsOf(gathered),
    notes,
    inputs: inputsOf(gathered, results.filter(isInventory)),
  };
}

/** Titles of steps come from here. */
const RULES = [...FINOPS_RULES, ...UPGRADE_RULES];

type Net = NonNullable<ReturnType<ReturnType<typeof removeOverlap>['nets']['get']>>;

function pick({ roles, settings, exclude = [], budget_usd, question }: Gathered['request']): Report['request'] {
  return { roles, thresholds: changedThresholds(RULES, settings), exclude, budget_usd, question };
}

function reportFinding(finding: Finding, net: Net | undefined, decisions: Decisions): ReportFinding {
  const effective = net?.effective;
  const id = findingId(finding);
  const decision = decisions.get(id);
  return {
    ...finding,
    id,
    verdict: 'FINDING',
    priority: priorityOf(finding, effective),
    ...(net === undefined
      ? {}
      : { net: { effective: net.effective, cash_now: net.cash_now, freed_commitment: net.freed_commitment } }),
    ...(net?.alternative_to === undefined ? {} : { alternative_to: net.alternative_to }),
    ...(decision === undefined ? {} : { decided: decidedOf(decision) }),
  };
}

function totalsOf(claim: Claim, findings: number): Totals {
  const value = (name: string): string => claim.figures.find((figure) => figure.name === name)?.value ?? '0.00';
  return {
    claim: claim.id,
    findings,
    gross_list: value('gross_list'),
    gross_effective: value('gross_effective'),
    net_effective: value('net_effective'),
    net_cash_now: value('net_cash_now'),
    net_freed_commitment: value('net_freed_commitment'),
    net_confident: value('net_confident'),
    net_to_confirm: value('net_to_confirm'),
  };
}

function wasteOf(claim: Claim): Waste {
  const value = (name: string): string | undefined => claim.figures.find((figure) => figure.name === name)?.value;
  const percent = value('percent');
  return {
    claim: claim.id,
    meaning: WASTE_MEANING,
    usd_month: value('waste') ?? '0.00',
    billed_usd_month: value('billed') ?? '0.00',
    ...(percent === undefined ? {} : { percent_of_bill: percent }),
    services: claim.figures
      .filter((figure) => figure.name.startsWith('service.'))
      .map((figure) => ({ service: figure.name.slice('service.'.length), usd_month: figure.value })),
  };
}

function leftOutOf(claim: Claim, findings: number): LeftOut {
  return { claim: claim.id, findings, usd_month: claim.figures[0]?.value ?? '0.00' };
}

function groupUnknowns(findings: readonly Finding[]): UnknownGroup[] {
  const unknown = findings.filter((finding) => finding.verdict === 'UNKNOWN');
  const groups = Map.groupBy(unknown, (finding) => [finding.rule, finding.reason, finding.detail].join('|'));
  return [...groups].sort(([a], [b]) => compare(a, b)).flatMap(([, members]) => unknownGroup(members));
}

function unknownGroup(members: readonly Finding[]): UnknownGroup[] {
  const [first] = members;
  if (first === undefined) return [];
  const { rule, ref, role, service, reason = '', detail = '' } = first;
  const resources = members.map((member) => member.resource).sort((a, b) => compare(resourceKey(a), resourceKey(b)));
  return [{ verdict: 'UNKNOWN', rule, ref, role, service, reason, detail, resources }];
}

function addCoverage(parts: readonly Coverage[]): Coverage[] {
  return [...Map.groupBy(parts, (part) => part.rule)]
    .sort(([a], [b]) => compare(a, b))
    .map(([rule, members]) => ({
      rule,
      service: members[0]?.service ?? '',
      finding: total(members, (member) => member.finding),
      ok: total(members, (member) => member.ok),
      unknown: total(members, (member) => member.unknown),
    }));
}

function claimsOf(result: TaskResult): readonly Claim[] {
  return isInventory(result) || result.kind === 'decisions' ? [] : result.claims;
}

function uniqueClaims(claims: readonly Claim[]): Claim[] {
  return [...new Map(claims.map((claim) => [claim.id, claim])).values()].sort((a, b) => compare(a.id, b.id));
}

type InventoryResult = Extract<TaskResult, { kind: 'index' | 'live' }>;

function inputsOf(gathered: Gathered, index: readonly InventoryResult[]): Report['inputs'] {
  const manifest = wholeManifest(
    gathered.manifest,
    gathered.results.map(({ result }) => result),
  );
  const files = manifest.files.map(({ name, sha256, bytes, evidence, redactions }) => ({
    name,
    sha256,
    bytes,
    evidence,
    redactions,
  }));
  const answers = index.flatMap((result) =>
    result.unused.map(({ what, reason, answers: count }) => ({ what, reason, count })),
  );
  const unread = gathered.manifest.unused.map(({ name, reason }) => ({ what: name, reason, count: 1 }));
  const groups = Map.groupBy([...answers, ...unread], (one) => `${one.what}|${one.reason}`);
  const unused = [...groups.values()].map(([first, ...rest]) => ({
    what: first?.what ?? '',
    reason: first?.reason ?? '',
    count: (first?.count ?? 0) + total(rest, (one) => one.count),
  }));
  return {
    files: files.sort((a, b) => compare(a.name, b.name)),
    unused: unused.sort((a, b) => compare(a.what + a.reason, b.what + b.reason)),
  };
}

function planOf({ results, gaps }: Gathered): Report['plan'] {
  const tasks = results.map((one) => one.task_id).concat(gaps.map((gap) => gap.what));
  return { maker: 'deterministic', tasks: tasks.sort() };
}

function byKey(a: Finding, b: Finding): number {
  return compare(findingKey(a), findingKey(b));
}

function total<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
