import { type Cited, type JsonObject, defineDerivation } from '@infrafabric/protocol';
import type { JudgeContext, JudgedResource } from '../judge-subject.ts';
import type { CostFacts } from '../model/cost-facts.ts';
import type { Observed } from '../model/resource.ts';
import { type Rule, type Verdict, defineRule } from '../model/rule.ts';
import { citedDecimal, formatUsd, perMonth } from '../money.ts';
import { anEvidenceId, anInstance } from './observed.ts';
import { aPriceTable, aTable } from './subject.ts';

/** USD a month of the first cited price. */
export const hourlyCost = defineDerivation({
  package: 'finops',
  name: 'test-hourly-cost',
  version: 1,
  compute: (cited: readonly Cited[]) => formatUsd(perMonth(citedDecimal(cited, 0, '/usd'))),
});
const hourlySaving = defineDerivation({
  package: 'finops',
  name: 'test-hourly-saving',
  version: 1,
  compute: (cited: readonly Cited[]) =>
    formatUsd(perMonth(citedDecimal(cited, 0, '/usd').minus(citedDecimal(cited, 1, '/usd')))),
});

/** Price key of the type the test rule moves from. */
export const OLD = 'ec2/us-east-1/linux/m4.large';
/** Price key of the type it moves to. */
export const NEW = 'ec2/us-east-1/linux/m7g.large';

/** A rule as rule files write it: m4.large to m7g.large at list price. */
export const testRule = (more: Partial<Rule> = {}): Rule =>
  defineRule({
    id: 'ec2-test',
    ref: 'EC2-07',
    role: 'pricing',
    service: 'ec2',
    title: 'Test',
    appliesTo: 'Ec2Instance',
    reads: [],
    actionType: 'Upgrade',
    step: 'generation',
    severity: 4,
    effort: 'Low',
    risk: 'Low',
    restartNeeded: true,
    rollbackPossible: true,
    inputs: ['a test'],
    formula: 'a test',
    implementation: ['a test'],
    rollback: 'a test',
    documentation: 'https://docs.aws.amazon.com/',
    thresholds: [],
    sources: ['a test'],
    derivations: [hourlyCost, hourlySaving],
    judge: (subject): Verdict => {
      if (subject.item['InstanceType'] === undefined) {
        return { verdict: 'UNKNOWN', reason: 'FIELD_MISSING', detail: 'no InstanceType' };
      }
      if (subject.item['InstanceType'] !== 'm4.large') return { verdict: 'OK' };
      const [from, to] = [subject.price(OLD), subject.price(NEW)];
      if (from === undefined || to === undefined) {
        return { verdict: 'UNKNOWN', reason: 'NO_PRICE', detail: `no price in ${subject.resource.region}` };
      }
      const cost = { name: 'x', unit: 'USD/month', derivation: hourlyCost, params: {}, citations: [from.citation] };
      const citations = [from.citation, to.citation];
      return {
        verdict: 'FINDING',
        statement: 'Moving saves {list_saving} of {list_cost}',
        figures: [],
        listCost: cost,
        listSaving: { ...cost, derivation: hourlySaving, citations },
        citations: [],
        confidence: '0.90',
      };
    },
    ...more,
  });

/** Tables with these prices, judged at 2026-11-20. */
export const context = (prices: Record<string, string> = { [OLD]: '0.10', [NEW]: '0.0816' }): JudgeContext => ({
  prices: aPriceTable(prices),
  instanceTypes: aTable({}),
  lifecycle: aTable({}),
  asOf: '2026-11-20',
});

/** A resource with one version for each description. */
export const judged = (observed: readonly Observed[], costs?: CostFacts): JudgedResource => ({
  resource: observed[0]!.resource,
  versions: observed.map(({ item, citation }) => ({ item, citations: [citation] })),
  related: [],
  series: [],
  ...(costs === undefined ? {} : { costs }),
});
/** A description of an m4.large. */
export const m4 = (item: JsonObject = {}, pointer = '/Items/0'): Observed =>
  anInstance({ InstanceType: 'm4.large', ...item }, { evidence: anEvidenceId('an answer'), pointer });
