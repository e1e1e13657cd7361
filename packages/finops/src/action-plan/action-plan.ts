import { type Citation, type Claim, type Figure, makeClaim } from '@infrafabric/protocol';
import { computeFigure, fillStatement } from '../figures.ts';
import { type FindingId, findingId } from '../model/decision.ts';
import { type Finding, type Grade, WATERFALL_STEPS } from '../model/finding.ts';
import { type ResourceRef, resourceKey } from '../model/resource.ts';
import type { Rule } from '../model/rule.ts';
import { Decimal } from '../money.ts';
import { TOTAL } from '../savings/net-derivations.ts';
import { findingKey, type NetOfOverlap, type NetSaving } from '../savings/waterfall.ts';
import { type CommandBlock, fillTemplate } from './action-template.ts';
import { ACTION_TEMPLATES, templateFor } from './templates.ts';

/** When a person can do a step, by the worse of its effort and risk: up to Low, Medium, or more. */
export const PLAN_TIMES = ['today', 'this-week', 'later'] as const;
export type PlanTime = (typeof PLAN_TIMES)[number];

/** One resource of a step, with lines to copy or the reason why there are none. */
export interface PlanItem {
  readonly finding: FindingId;
  readonly resource: ResourceRef;
  readonly usd_month?: string;
  readonly commands: readonly CommandBlock[];
  readonly no_commands?: string;
}

/** What to do about all findings of one rule. */
export interface PlanStep {
  readonly order: number;
  readonly when: PlanTime;
  readonly rule: string;
  readonly title: string;
  readonly effort: Grade;
  readonly risk: Grade;
  readonly restart: boolean;
  readonly findings: number;
  /** Net of overlap; absent for advice without dollars. */
  readonly usd_month?: string;
  readonly note?: string;
  /** The dearest first; `more` others are in the report's findings. */
  readonly items: readonly PlanItem[];
  readonly more: number;
}

/** Steps in the order of work, and the claim that holds their amounts as figures `step.<order>` and `when.<time>`. */
export interface ActionPlan {
  readonly steps: readonly PlanStep[];
  /** Findings that need no step of their own: options not chosen, and those that earlier steps leave nothing of. */
  readonly covered: number;
  readonly claim: Claim;
}

/** Items with their lines in the plan of one step. */
const MOST_ITEMS = 200;

/**
 * Groups findings into steps: what can be done today first, then this week, then what needs a plan; the most dollars first.
 *
 * Lines are shown, never run. What a step saves is net of overlap: an option that was not chosen, or of which earlier steps of
 * the waterfall leave nothing, gets no step. The order of the findings does not matter.
 */
export function actionPlan(
  findings: readonly Finding[],
  net: NetOfOverlap,
  { rules, asOf }: { readonly rules: readonly Rule[]; readonly asOf: string },
): ActionPlan {
  const found = findings.filter((finding) => finding.verdict === 'FINDING').map((finding) => weighed(finding, net));
  const worthwhile = found.filter((one) => one.net === undefined || isWorth(one.net)).toSorted(byWorth);
  const groups = [...Map.groupBy(worthwhile, (one) => one.finding.rule)].map(([rule, members]) => {
    const title = ACTION_TEMPLATES[rule]?.title ?? rules.find((one) => one.id === rule)?.title ?? rule;
    return { rule, title, members, when: timeOf(members[0]?.finding), total: totalOf(members) };
  });
  const ordered = groups.toSorted(byTimeThenWorth);
  const claim = planClaim(ordered);
  const firstMove = firstMoves(ordered);
  const steps = ordered.map((group, at) => stepOf(group, at + 1, { asOf, firstMove }));
  return { steps, covered: found.length - worthwhile.length, claim };
}

/** A finding with what it saves net of overlap; no `net` = advice without dollars. */
interface WeighedFinding {
  readonly finding: Finding;
  readonly net: NetSaving | undefined;
}

interface Group {
  readonly rule: string;
  readonly title: string;
  readonly members: readonly WeighedFinding[];
  readonly when: PlanTime;
  readonly total: Decimal;
}

const weighed = (finding: Finding, { nets }: NetOfOverlap): WeighedFinding => ({
  finding,
  net: nets.get(findingKey(finding)),
});
const isWorth = (net: NetSaving): boolean => new Decimal(net.effective).greaterThan(0);
const worthOf = ({ net }: WeighedFinding): Decimal => new Decimal(net?.effective ?? 0);
const totalOf = (members: readonly WeighedFinding[]): Decimal =>
  members.reduce((total, one) => total.plus(worthOf(one)), new Decimal(0));

function byWorth(a: WeighedFinding, b: WeighedFinding): number {
  return worthOf(b).comparedTo(worthOf(a)) || (findingKey(a.finding) < findingKey(b.finding) ? -1 : 1);
}

function byTimeThenWorth(a: Group, b: Group): number {
  const severity = (one: Group): number => Math.max(0, ...one.members.map(({ finding }) => finding.severity ?? 0));
  return (
    PLAN_TIMES.indexOf(a.when) - PLAN_TIMES.indexOf(b.when) ||
    b.total.comparedTo(a.total) ||
    severity(b) - severity(a) ||
    (a.rule < b.rule ? -1 : 1)
  );
}

const GRADES: readonly Grade[] = ['VeryLow', 'Low', 'Medium', 'High', 'VeryHigh'];

function timeOf(finding: Finding | undefined): PlanTime {
  const worse = Math.max(GRADES.indexOf(finding?.effort ?? 'Medium'), GRADES.indexOf(finding?.risk ?? 'Medium'));
  if (worse <= GRADES.indexOf('Low')) return 'today';
  return worse === GRADES.indexOf('Medium') ? 'this-week' : 'later';
}

function planClaim(groups: readonly Group[]): Claim {
  const money = groups.map((group, at) => ({ ...group, order: at + 1 })).filter((group) => hasMoney(group.members));
  const figures = [
    ...PLAN_TIMES.map((when) =>
      total(
        `when.${when}`,
        money.filter((group) => group.when === when).flatMap((group) => group.members),
      ),
    ),
    ...money.map((group) => total(`step.${group.order}`, group.members)),
  ];
  return makeClaim({
    topic: 'plan/actions',
    statement: fillStatement(STATEMENT, figures),
    figures,
    citations: [],
    confidence: '1.00',
    role: 'coordinator',
  });
}

const STATEMENT =
  'Steps of low effort and risk save {when.today}; those of medium effort or risk {when.this-week} more; the others {when.later}.';

function total(name: string, members: readonly WeighedFinding[]): Figure {
  const nets = members.flatMap(({ net }) => net ?? []);
  const citations: Citation[] = nets.map((net) => net.citations.effective);
  return computeFigure({ name, unit: 'USD/month', derivation: TOTAL, params: {}, citations }, () =>
    nets.map((net) => net.effective),
  );
}

const hasMoney = (members: readonly WeighedFinding[]): boolean => members.some((one) => one.net !== undefined);

/** What two steps would both change: the first of them by time and then in the waterfall, by resource and kind of target. */
function firstMoves(groups: readonly Group[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const inOrder = PLAN_TIMES.flatMap((when) =>
    groups
      .filter((group) => group.when === when)
      .flatMap((group) => group.members.map(({ finding }) => finding))
      .toSorted((a, b) => stepAt(a) - stepAt(b)),
  );
  for (const finding of inOrder) {
    for (const key of movesOf(finding)) if (!first.has(key)) first.set(key, finding.rule);
  }
  return first;
}

const stepAt = ({ step }: Finding): number => (step === undefined ? -1 : WATERFALL_STEPS.indexOf(step));

/** Kinds of change to a resource that exclude each other: one type, one set of volume settings; or its end. */
function movesOf({ resource, target, step }: Finding): string[] {
  const kinds = step === 'terminate' ? ['end'] : Object.keys(target ?? {});
  return kinds.length === 0 ? [] : [`${resourceKey(resource)} changed`];
}

function stepOf(
  { rule, title, members, when, total: usd }: Group,
  order: number,
  context: { readonly asOf: string; readonly firstMove: ReadonlyMap<string, string> },
): PlanStep {
  const [first] = members;
  const note = first === undefined ? undefined : templateFor(first.finding)?.note;
  return {
    order,
    when,
    rule,
    title,
    effort: first?.finding.effort ?? 'Medium',
    risk: first?.finding.risk ?? 'Medium',
    restart: first?.finding.restartNeeded ?? false,
    findings: members.length,
    ...(hasMoney(members) ? { usd_month: usd.toFixed(2) } : {}),
    ...(note === undefined ? {} : { note }),
    items: members.slice(0, MOST_ITEMS).map((one) => itemOf(one, context)),
    more: Math.max(0, members.length - MOST_ITEMS),
  };
}

function itemOf(
  { finding, net }: WeighedFinding,
  { asOf, firstMove }: { readonly asOf: string; readonly firstMove: ReadonlyMap<string, string> },
): PlanItem {
  const { resource, target, rule } = finding;
  const before = movesOf(finding)
    .map((key) => firstMove.get(key))
    .find((one) => one !== undefined && one !== rule);
  const template = templateFor(finding);
  const filled =
    before !== undefined
      ? { why: `first do ${before}, then analyse again: what is right here depends on it` }
      : template === undefined || template.change.length === 0
        ? { why: template?.why ?? 'no line does this: it takes a person' }
        : fillTemplate(template, { resource, asOf, ...(target === undefined ? {} : { target }) });
  return {
    finding: findingId(finding),
    resource,
    ...(net === undefined ? {} : { usd_month: net.effective }),
    commands: 'why' in filled ? [] : filled,
    ...('why' in filled ? { no_commands: filled.why } : {}),
  };
}
