import { citedValuesOf, knownEntry, knownResource, knownSeries, recordEntries, type Known } from '../cited-values.ts';
import { computeFigure } from '../figures.ts';
import { RESOURCE_TYPES } from '../model/resource.ts';
import type { Rule, Subject } from '../model/rule.ts';

/**
 * Judges a subject as the framework does and computes its figures: `{verdict, reason, figures: {name: value}}`.
 *
 * The list cost and list saving appear as figures `list_cost` and `list_saving`.
 */
export function figureValues(
  rule: Pick<Rule, 'judge'>,
  subject: Subject,
): { verdict: string; reason?: string; figures: Record<string, string> } {
  const known: Known[] = [
    ...subject.descriptions.map(knownResource),
    ...RESOURCE_TYPES.flatMap((type) => subject.related(type).map(knownResource)),
    ...subject.series.map(knownSeries),
  ];
  const verdict = rule.judge(recordEntries(subject, (entry) => known.push(knownEntry(entry))));
  if (verdict.verdict === 'OK') return { verdict: 'OK', figures: {} };
  if (verdict.verdict === 'UNKNOWN') return { verdict: 'UNKNOWN', reason: verdict.reason, figures: {} };
  const cited = citedValuesOf(known);
  const requests = [
    ...verdict.figures,
    ...(verdict.listCost === undefined ? [] : [{ ...verdict.listCost, name: 'list_cost' }]),
    ...(verdict.listSaving === undefined ? [] : [{ ...verdict.listSaving, name: 'list_saving' }]),
  ];
  return {
    verdict: 'FINDING',
    figures: Object.fromEntries(requests.map((request) => [request.name, computeFigure(request, cited).value])),
  };
}
