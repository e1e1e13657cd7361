import type { Citation, Figure } from '@infrafabric/protocol';
import { type Known, citedValuesOf, knownEntry, knownResource, knownSeries, recordEntries } from './cited-values.ts';
import { confidenceOf } from './confidence.ts';
import { thresholdFigures } from './controls/thresholds.ts';
import { FinopsError } from './errors.ts';
import { computeFigure, fillStatement, isPositiveUsd } from './figures.ts';
import { type JudgeContext, type JudgedResource, descriptionsOf, isCited, subjectOf } from './judge-subject.ts';
import type { Finding } from './model/finding.ts';
import type { Observed } from './model/resource.ts';
import type { Entry, Rule, UnknownReason, Verdict } from './model/rule.ts';
import { parseDecimal } from './money.ts';
import { billedFigures } from './savings/billed-claim.ts';

/** What a rule says about one description of a resource, its figures computed. */
export type VersionVerdict =
  | { readonly verdict: 'OK' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: UnknownReason; readonly detail: string }
  | {
      readonly verdict: 'FINDING';
      readonly statement: string;
      readonly figures: readonly Figure[];
      readonly citations: readonly Citation[];
      readonly confidence: string;
      readonly severity: number;
      readonly saves: boolean;
      readonly isSurcharge: boolean;
      readonly savingsUnknown?: Finding['savings_unknown'];
      readonly target?: Finding['target'];
      readonly effort?: Finding['effort'];
      readonly step?: Finding['step'];
    };

/** Runs a rule on one description; a rule that throws is UNKNOWN(RULE_ERROR) with its message, never a stop. */
export function judgeVersion(
  rule: Rule,
  resource: JudgedResource,
  observed: Observed,
  context: JudgeContext,
): VersionVerdict {
  const read: Entry[] = [];
  try {
    const subject = recordEntries(subjectOf(rule, resource, observed, context), (entry) => read.push(entry));
    return settle(rule.judge(subject), { rule, resource, observed, read, context });
  } catch (cause) {
    const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    return { verdict: 'UNKNOWN', reason: 'RULE_ERROR', detail: `${rule.id}: ${text}`.slice(0, 400) };
  }
}

/** What stands behind a verdict. */
interface Ground {
  readonly rule: Rule;
  readonly resource: JudgedResource;
  readonly observed: Observed;
  readonly read: readonly Entry[];
  readonly context: JudgeContext;
}

/** Turns a verdict into figures and a sentence; a saving of nothing is OK, for advice that saves nothing is no advice. */
function settle(verdict: Verdict, ground: Ground): VersionVerdict {
  if (verdict.verdict !== 'FINDING') return verdict;
  const { rule, resource, observed, read, context } = ground;
  const cited = citedValuesOf(knownOf(ground));
  const { listCost, listSaving } = verdict;
  const requests = [
    ...verdict.figures,
    ...(listCost === undefined ? [] : [{ ...listCost, name: 'list_cost' }]),
    ...(listSaving === undefined ? [] : [{ ...listSaving, name: 'list_saving' }]),
  ];
  const figures = requests.map((request) => computeFigure(request, cited));
  const saves = listCost !== undefined && listSaving !== undefined;
  if (listSaving !== undefined && !isWorthwhile(figures)) return { verdict: 'OK' };
  const billed = saves && resource.costs !== undefined ? billedFigures(resource.costs) : [];
  const citations = uniqueCitations([observed.citation, ...verdict.citations]);
  const all = [...citations, ...figures.flatMap((figure) => figure.citations)];
  const entries = read.filter((entry) => isCited(entry, all));
  return {
    verdict: 'FINDING',
    statement: fillStatement(verdict.statement, figures),
    figures: [...figures, ...billed, ...thresholdFigures(rule, context.settings ?? {})],
    citations,
    confidence: confidenceOf(verdict.confidence, { entries, asOf: context.asOf, billed: billed.length > 0 }),
    severity: verdict.severity ?? rule.severity,
    saves,
    isSurcharge: verdict.isSurcharge ?? false,
    ...optionsOf(verdict),
  };
}

function optionsOf({ savingsUnknown, target, effort, step }: Extract<Verdict, { verdict: 'FINDING' }>) {
  return {
    ...(savingsUnknown === undefined ? {} : { savingsUnknown }),
    ...(target === undefined ? {} : { target }),
    ...(effort === undefined ? {} : { effort }),
    ...(step === undefined ? {} : { step }),
  };
}

/** Whether the list saving is more than nothing; @throws FinopsError `SAVING_ABOVE_COST` when it is more than the list cost. */
function isWorthwhile(figures: readonly Figure[]): boolean {
  const value = (name: string) => figures.find((figure) => figure.name === name)?.value;
  const saving = value('list_saving') ?? '0';
  const cost = value('list_cost');
  if (cost === undefined || parseDecimal(saving).greaterThan(parseDecimal(cost))) {
    throw new FinopsError('SAVING_ABOVE_COST', {
      message: `expected a list saving of at most the list cost ${cost ?? 'that is missing'}, got ${saving}`,
    });
  }
  return isPositiveUsd(saving);
}

function knownOf({ resource, observed, read }: Ground): Known[] {
  return [
    knownResource(observed),
    ...descriptionsOf(resource).map(knownResource),
    ...read.map(knownEntry),
    ...resource.related.map(knownResource),
    ...resource.series.map(knownSeries),
  ];
}

/** Citations without repeats, in the order given. */
export function uniqueCitations(citations: readonly Citation[]): Citation[] {
  return [...new Map(citations.map((one) => [`${one.evidence}#${one.pointer}`, one])).values()];
}
