import { type Cited, type JsonObject, defineDerivation, isClaimIntact } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { JudgeContext, JudgedResource } from './judge-subject.ts';
import type { CostFacts } from './model/cost-facts.ts';
import type { Observed } from './model/resource.ts';
import { type Rule, type Verdict, defineRule } from './model/rule.ts';
import { citedDecimal, formatUsd, perMonth } from './money.ts';
import { aPriceTable, aTable, anEvidenceId, anInstance } from './testing/index.ts';

const hourlyCost = defineDerivation({
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

const OLD = 'ec2/us-east-1/linux/m4.large';
const NEW = 'ec2/us-east-1/linux/m7g.large';

/** A rule as rule files write it: m4.large to m7g.large at list price. */
const rule = (more: Partial<Rule> = {}): Rule =>
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

const context = (prices: Record<string, string> = { [OLD]: '0.10', [NEW]: '0.0816' }): JudgeContext => ({
  prices: aPriceTable(prices),
  instanceTypes: aTable({}),
  lifecycle: aTable({}),
  asOf: '2026-11-20',
});

const judged = (observed: readonly Observed[], costs?: CostFacts): JudgedResource => ({
  resource: observed[0]!.resource,
  versions: observed.map(({ item, citation }) => ({ item, citations: [citation] })),
  related: [],
  series: [],
  ...(costs === undefined ? {} : { costs }),
});
const m4 = (item: JsonObject = {}, pointer = '/Items/0') =>
  anInstance({ InstanceType: 'm4.large', ...item }, { evidence: anEvidenceId('an answer'), pointer });

describe('a finding', () => {
  it('has its figures computed, its sentence filled and its claim cited', () => {
    const { findings, claims, coverage } = evaluate([rule()], [judged([m4()])], context());
    expect(claims).toHaveLength(1);
    expect(isClaimIntact(claims[0]!)).toBe(true);
    // 0.10 x 730 = 73.00; (0.10 - 0.0816) x 730 = 13.432.
    expect(claims[0]).toMatchObject({
      topic: 'saving',
      statement: 'Moving saves 13.43 USD/month of 73.00 USD/month',
      confidence: '0.90',
      role: 'pricing',
      citations: [m4().citation],
    });
    expect(findings).toStrictEqual([
      {
        rule: 'ec2-test',
        ref: 'EC2-07',
        role: 'pricing',
        service: 'ec2',
        resource: m4().resource,
        verdict: 'FINDING',
        claim: claims[0]!.id,
        actionType: 'Upgrade',
        step: 'generation',
        severity: 4,
        effort: 'Low',
        risk: 'Low',
        restartNeeded: true,
        rollbackPossible: true,
        confidence: '0.90',
        savings: {
          basis: 'list',
          list: '13.43',
          effective: '13.43',
          cash_now: '13.43',
          freed_commitment: '0.00',
          cap: '73.00',
        },
      },
    ]);
    expect(coverage).toStrictEqual([{ rule: 'ec2-test', service: 'ec2', finding: 1, ok: 0, unknown: 0 }]);
  });

  it('is worth what the bill paid, split by what a commitment covers', () => {
    const costs: CostFacts = {
      resource_id: 'i-0123456789abcdef0',
      effective: '50.004',
      on_demand: '20.0016',
      committed: '30.0024',
      days: 30,
      basis: 'EffectiveCost',
      citations: [{ evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' }],
    };
    const { findings, claims } = evaluate([rule()], [judged([m4()], costs)], context());
    // 50.004 x 13.43 / 73.00 = 9.1993; 60 % committed: 5.52 of 9.20.
    expect(findings[0]?.savings).toStrictEqual({
      basis: 'bill',
      list: '13.43',
      effective: '9.20',
      cash_now: '3.68',
      freed_commitment: '5.52',
      cap: '50.00',
      claim: claims.find((claim) => claim.topic === 'saving/billed')?.id,
    });
    expect(claims).toHaveLength(2);
    const own = claims.find((claim) => claim.topic === 'saving');
    expect(own?.confidence).toBe('0.95');
    expect(
      own?.figures.filter((figure) => figure.name.startsWith('billed_')).map((figure) => figure.derivation),
    ).toStrictEqual(
      ['effective', 'on_demand', 'committed'].map((part) => ({
        id: 'finops/resource-cost@1',
        params: { resource_id: 'i-0123456789abcdef0', column: 'EffectiveCost', part },
      })),
    );
  });

  it.each([
    // 0.10 x 24 x 30.44 of instance hours alone, then with 50.00 of storage and data transfer: 13.43 x 730.56 / 730.
    ['73.056', '13.44'],
    ['123.056', '13.44'],
  ])('does not grow with other charges under the same name: %s billed, %s saved', (effective, saved) => {
    const costs: CostFacts = {
      resource_id: 'i-0123456789abcdef0',
      effective,
      on_demand: effective,
      committed: '0',
      days: 30,
      basis: 'EffectiveCost',
      citations: [{ evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' }],
    };
    const { findings } = evaluate([rule()], [judged([m4()], costs)], context());
    expect(findings[0]?.savings?.effective).toBe(saved);
  });

  it.each([
    ['50.004', '13.43', '13.43'],
    ['9.00', '9.00', '9.00'],
    ['0.00', '0.00', '0.00'],
  ])('that is a surcharge is worth itself on a bill of %s, and frees no commitment', (effective, worth, cash_now) => {
    const surcharge = rule({
      judge: (subject) => {
        const verdict = rule().judge(subject);
        return verdict.verdict === 'FINDING' ? { ...verdict, isSurcharge: true } : verdict;
      },
    });
    const costs: CostFacts = {
      resource_id: 'i-0123456789abcdef0',
      effective,
      on_demand: '0.00',
      committed: effective,
      days: 30,
      basis: 'EffectiveCost',
      citations: [{ evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' }],
    };
    const { findings } = evaluate([surcharge], [judged([m4()], costs)], context());
    expect(findings[0]?.savings).toMatchObject({ effective: worth, cash_now, freed_commitment: '0.00' });
  });

  it('is surer when prices are fresh: a price older than 90 days takes 0.10', () => {
    const old = { ...context(), prices: aPriceTable({ [OLD]: '0.10', [NEW]: '0.0816' }, '2026-08-21') };
    expect(evaluate([rule()], [judged([m4()])], old).findings[0]?.confidence).toBe('0.80');
    const fresh = { ...context(), prices: aPriceTable({ [OLD]: '0.10', [NEW]: '0.0816' }, '2026-08-22') };
    expect(evaluate([rule()], [judged([m4()])], fresh).findings[0]?.confidence).toBe('0.90');
  });

  it.each([
    ['dearer', '0.11'],
    ['the same', '0.10'],
    ['cheaper by less than half a cent a month', '0.099995'],
  ])('is none when the new price is %s', (_, price) => {
    const { findings, coverage } = evaluate([rule()], [judged([m4()])], context({ [OLD]: '0.10', [NEW]: price }));
    expect([findings, coverage[0]?.ok]).toStrictEqual([[], 1]);
  });
});

describe('several descriptions of one resource', () => {
  it('that say the same make one finding that cites them all', () => {
    const { findings, claims } = evaluate(
      [rule()],
      [judged([m4({ AmiLaunchIndex: 1 }, '/B'), m4({}, '/A'), m4({}, '/C')])],
      context(),
    );
    expect(findings).toHaveLength(1);
    expect(claims[0]?.citations.map((citation) => citation.pointer)).toStrictEqual(['/A', '/C', '/B']);
  });

  it('that disagree are UNKNOWN(CONFLICTING_EVIDENCE) with both cited', () => {
    const { findings, claims } = evaluate(
      [rule()],
      [judged([m4({}, '/A'), m4({ InstanceType: 'm7g.large' }, '/B')])],
      context(),
    );
    expect(findings).toMatchObject([
      {
        verdict: 'UNKNOWN',
        reason: 'CONFLICTING_EVIDENCE',
        detail: '2 descriptions of the resource disagree: FINDING, OK',
        claim: claims[0]!.id,
      },
    ]);
    expect(claims[0]?.citations.map((citation) => citation.pointer)).toStrictEqual(['/A', '/B']);
  });

  it('of which one says it is gone are a conflict, of which all say so are not judged', () => {
    const gone = (pointer: string) => m4({ State: { Name: 'terminated' } }, pointer);
    expect(evaluate([rule()], [judged([m4({}, '/A'), gone('/B')])], context()).findings[0]?.reason).toBe(
      'CONFLICTING_EVIDENCE',
    );
    expect(evaluate([rule()], [judged([gone('/A'), gone('/B')])], context())).toStrictEqual({
      kind: 'judge',
      findings: [],
      claims: [],
      coverage: [],
    });
  });

  it('of which one says it is gone and the other lacks a field are a conflict', () => {
    const gone = m4({ State: { Name: 'terminated' } }, '/A');
    const { InstanceType: _, ...item } = m4({}, '/B').item;
    const { findings } = evaluate([rule()], [judged([gone, { ...m4({}, '/B'), item }])], context());
    expect(findings[0]?.detail).toBe('2 descriptions of the resource disagree: UNKNOWN(FIELD_MISSING), gone');
  });

  it('of which one lacks a field do not conflict', () => {
    const short = anInstance({}, { evidence: anEvidenceId('a list'), pointer: '/B' });
    const { InstanceType: _, ...item } = short.item;
    const { findings } = evaluate([rule()], [judged([m4({}, '/A'), { ...short, item }])], context());
    expect(findings.map((finding) => finding.verdict)).toStrictEqual(['FINDING']);
  });
});

const broken = (judge: Rule['judge']) => evaluate([rule({ judge })], [judged([m4()])], context()).findings[0];

describe('a rule that cannot say', () => {
  it('is UNKNOWN with its reason and no claim', () => {
    const result = evaluate([rule()], [judged([m4()])], context({}));
    expect(result.findings).toMatchObject([
      { verdict: 'UNKNOWN', reason: 'NO_PRICE', detail: 'no price in us-east-1' },
    ]);
    expect([result.claims, result.coverage[0]?.unknown]).toStrictEqual([[], 1]);
  });

  const request = { name: 'x', unit: 'USD/month', derivation: hourlyCost, params: {}, citations: [] };
  const finding = { verdict: 'FINDING', statement: 's', figures: [], citations: [], confidence: '0.90' } as const;

  it.each<[string, Rule['judge'], string]>([
    [
      'throws',
      () => {
        throw new TypeError('boom');
      },
      'ec2-test: TypeError: boom',
    ],
    [
      'cites nothing a derivation can read',
      () => ({ ...finding, figures: [request] }),
      'expected a value at /usd of citation 0',
    ],
    [
      'cites what it was not given',
      () => ({
        ...finding,
        figures: [{ ...request, citations: [{ evidence: anEvidenceId('x'), pointer: '', media_type: 'text/csv' }] }],
      }),
      'expected a citation of what the subject holds',
    ],
    [
      'names a figure that is not there',
      () => ({ ...finding, statement: '{nothing}' }),
      'expected a figure named nothing',
    ],
    [
      'saves more than the resource costs',
      (subject) => {
        const [low, high] = [subject.price(NEW)!, subject.price(OLD)!];
        return {
          ...finding,
          listCost: { ...request, citations: [low.citation] },
          listSaving: { ...request, citations: [high.citation] },
        };
      },
      'expected a list saving of at most the list cost 59.57, got 73.00',
    ],
  ])('and %s is UNKNOWN(RULE_ERROR) with the message', (_, judge, message) => {
    expect(broken(judge)).toMatchObject({ verdict: 'UNKNOWN', reason: 'RULE_ERROR' });
    expect(broken(judge)?.detail).toContain(message);
  });
});

it('gives the same result whatever the order of rules, resources and descriptions', () => {
  const rules = [rule(), rule({ id: 'ec2-other' }), rule({ id: 'ebs-none', appliesTo: 'EbsVolume' })];
  const resources = ['i-00000001', 'i-00000002', 'i-00000003'].map((id) =>
    judged([m4({ InstanceId: id }, `/${id}/0`), m4({ InstanceId: id, Tags: [{ Key: 'a', Value: 'b' }] }, `/${id}/1`)]),
  );
  const shuffled = resources.toReversed().map((one) => ({ ...one, versions: one.versions.toReversed() }));
  expect(evaluate(rules.toReversed(), shuffled, context())).toStrictEqual(evaluate(rules, resources, context()));
});
