import { isClaimIntact } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { readExclusion } from './controls/exclusion.ts';
import { evaluate } from './evaluate.ts';
import type { CostFacts } from './model/cost-facts.ts';
import { aPriceTable, anEvidenceId } from './testing/index.ts';
import { NEW, OLD, context, judged, m4, testRule } from './testing/m4-rule.ts';

describe('a finding', () => {
  it('has its figures computed, its sentence filled and its claim cited', () => {
    const { findings, claims, coverage } = evaluate([testRule()], [judged([m4()])], context());
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

  it('is set aside by tags that only the tagging API lists', () => {
    const place = {
      evidence: anEvidenceId('tags'),
      pointer: '/ResourceTagMappingList/0',
      media_type: 'application/json' as const,
    };
    const tags = [{ item: { Tags: [{ Key: 'env', Value: 'prod' }] }, citations: [place] }];
    const exclude = [readExclusion('env=prod')!];
    const { findings } = evaluate([testRule()], [{ ...judged([m4()]), tags }], { ...context(), exclude });
    expect(findings[0]).toMatchObject({
      excluded: { expression: 'env=prod', citation: { ...place, pointer: '/ResourceTagMappingList/0/Tags' } },
    });
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
    const { findings, claims } = evaluate([testRule()], [judged([m4()], costs)], context());
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
    const { findings } = evaluate([testRule()], [judged([m4()], costs)], context());
    expect(findings[0]?.savings?.effective).toBe(saved);
  });

  it.each([
    // 10 % off 0.10 x 24 x 30.44 of hours: 65.7504 of 73.056; then with 50.00 of storage at 10 % off under the same name.
    // The saving of 13.43 a month of 730 hours is 13.44031 a month of bill; less 10 % 12.10.
    ['65.7504', '73.056', '12.10'],
    ['110.7504', '123.056', '12.10'],
    // A list cost below what was paid is no discount.
    ['123.056', '100.00', '13.44'],
  ])('is worth its discounted part beside other charges: %s billed of %s, %s saved', (effective, list, saved) => {
    const costs: CostFacts = {
      resource_id: 'i-0123456789abcdef0',
      effective,
      on_demand: effective,
      committed: '0',
      list,
      days: 30,
      basis: 'EffectiveCost',
      citations: [{ evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' }],
    };
    const { findings } = evaluate([testRule()], [judged([m4()], costs)], context());
    expect(findings[0]?.savings?.effective).toBe(saved);
    expect(findings[0]?.savings?.cash_now).toBe(saved);
  });

  it.each([
    ['50.004', '50.004', '13.43'],
    ['9.00', '9.00', '9.00'],
    ['0.00', '0.00', '0.00'],
    // Without a commitment in it, 90 % of list is a discount on the surcharge too.
    ['65.7504', '0.00', '12.10'],
  ])('that is a surcharge is worth itself on a bill of %s, %s of it committed, and frees no commitment', (...given) => {
    const [effective, committed, worth] = given;
    const surcharge = testRule({
      judge: (subject) => {
        const verdict = testRule().judge(subject);
        return verdict.verdict === 'FINDING' ? { ...verdict, isSurcharge: true } : verdict;
      },
    });
    const costs: CostFacts = {
      resource_id: 'i-0123456789abcdef0',
      effective,
      on_demand: '0.00',
      committed,
      list: '73.056',
      days: 30,
      basis: 'EffectiveCost',
      citations: [{ evidence: anEvidenceId('a bill'), pointer: '', media_type: 'text/csv' }],
    };
    const { findings } = evaluate([surcharge], [judged([m4()], costs)], context());
    expect(findings[0]?.savings).toMatchObject({ effective: worth, cash_now: worth, freed_commitment: '0.00' });
  });

  it('is surer when prices are fresh: a price older than 90 days takes 0.10', () => {
    const old = { ...context(), prices: aPriceTable({ [OLD]: '0.10', [NEW]: '0.0816' }, '2026-08-21') };
    expect(evaluate([testRule()], [judged([m4()])], old).findings[0]?.confidence).toBe('0.80');
    const fresh = { ...context(), prices: aPriceTable({ [OLD]: '0.10', [NEW]: '0.0816' }, '2026-08-22') };
    expect(evaluate([testRule()], [judged([m4()])], fresh).findings[0]?.confidence).toBe('0.90');
  });

  it.each([
    ['dearer', '0.11'],
    ['the same', '0.10'],
    ['cheaper by less than half a cent a month', '0.099995'],
  ])('is none when the new price is %s', (_, price) => {
    const { findings, coverage } = evaluate([testRule()], [judged([m4()])], context({ [OLD]: '0.10', [NEW]: price }));
    expect([findings, coverage[0]?.ok]).toStrictEqual([[], 1]);
  });
});

it('gives the same result whatever the order of rules, resources and descriptions', () => {
  const rules = [testRule(), testRule({ id: 'ec2-other' }), testRule({ id: 'ebs-none', appliesTo: 'EbsVolume' })];
  const resources = ['i-00000001', 'i-00000002', 'i-00000003'].map((id) =>
    judged([m4({ InstanceId: id }, `/${id}/0`), m4({ InstanceId: id, Tags: [{ Key: 'a', Value: 'b' }] }, `/${id}/1`)]),
  );
  const shuffled = resources.toReversed().map((one) => ({ ...one, versions: one.versions.toReversed() }));
  expect(evaluate(rules.toReversed(), shuffled, context())).toStrictEqual(evaluate(rules, resources, context()));
});
