import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { Rule } from './model/rule.ts';
import { anEvidenceId, anInstance } from './testing/index.ts';
import { NEW, OLD, context, hourlyCost, judged, m4, testRule } from './testing/m4-rule.ts';

describe('several descriptions of one resource', () => {
  it('that say the same make one finding that cites them all', () => {
    const { findings, claims } = evaluate(
      [testRule()],
      [judged([m4({ AmiLaunchIndex: 1 }, '/B'), m4({}, '/A'), m4({}, '/C')])],
      context(),
    );
    expect(findings).toHaveLength(1);
    expect(claims[0]?.citations.map((citation) => citation.pointer)).toStrictEqual(['/A', '/C', '/B']);
  });

  it('that disagree are UNKNOWN(CONFLICTING_EVIDENCE) with both cited', () => {
    const { findings, claims } = evaluate(
      [testRule()],
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
    expect(evaluate([testRule()], [judged([m4({}, '/A'), gone('/B')])], context()).findings[0]?.reason).toBe(
      'CONFLICTING_EVIDENCE',
    );
    expect(evaluate([testRule()], [judged([gone('/A'), gone('/B')])], context())).toStrictEqual({
      kind: 'judge',
      findings: [],
      claims: [],
      coverage: [],
    });
  });

  it('of which one says it is gone and the other lacks a field are a conflict', () => {
    const gone = m4({ State: { Name: 'terminated' } }, '/A');
    const { InstanceType: _, ...item } = m4({}, '/B').item;
    const { findings } = evaluate([testRule()], [judged([gone, { ...m4({}, '/B'), item }])], context());
    expect(findings[0]?.detail).toBe('2 descriptions of the resource disagree: UNKNOWN(FIELD_MISSING), gone');
  });

  it('of which one lacks a field do not conflict', () => {
    const short = anInstance({}, { evidence: anEvidenceId('a list'), pointer: '/B' });
    const { InstanceType: _, ...item } = short.item;
    const { findings } = evaluate([testRule()], [judged([m4({}, '/A'), { ...short, item }])], context());
    expect(findings.map((finding) => finding.verdict)).toStrictEqual(['FINDING']);
  });
});

const broken = (judge: Rule['judge']) => evaluate([testRule({ judge })], [judged([m4()])], context()).findings[0];

describe('a rule that cannot say', () => {
  it('is UNKNOWN with its reason and no claim', () => {
    const result = evaluate([testRule()], [judged([m4()])], context({}));
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
