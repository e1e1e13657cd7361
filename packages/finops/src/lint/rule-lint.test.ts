import { describe, expect, it } from 'vitest';
import type { Rule } from '../model/rule.ts';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { lintRules } from './rule-lint.ts';

const ALL = ['FINDING', 'OK', 'UNKNOWN'];
const good = FINOPS_RULES.find((rule) => rule.id === 'ec2-idle')!;
const problemsOf = (more: Partial<Rule>, tested = ALL) =>
  lintRules([{ ...good, ...more }], { [more.id ?? good.id]: tested }).map((one) => one.problem);

describe('lintRules', () => {
  it('finds nothing wrong with a complete rule', () => {
    expect(problemsOf({})).toStrictEqual([]);
  });

  it.each([
    ['its ref EC2-29 is not in the method catalogue', { ref: 'EC2-29' }],
    ['its ref EC2-00 is not in the method catalogue', { ref: 'EC2-00' }],
    ['its ref constructor-01 is not in the method catalogue', { ref: 'constructor-01' }],
    ['no inputs', { inputs: [] }],
    ['no implementation', { implementation: [' '] }],
    ['no formula', { formula: '' }],
    ['no rollback', { rollback: ' ' }],
    ['documentation is not a page of AWS', { documentation: 'https://example.com/' }],
    ['documentation is not a page of AWS', { documentation: 'https://docs.aws.amazon.com.example.com/x' }],
    ['severity is not between 0 and 10', { severity: 11 }],
    [
      'threshold LIMIT has no dated source',
      { thresholds: [{ name: 'LIMIT', value: 1, unit: 'days', source: 'somewhere' }] },
    ],
  ] satisfies [string, Partial<Rule>][])('says %s', (problem, more) => {
    expect(problemsOf(more)).toStrictEqual([problem]);
  });

  it('names each verdict without a test', () => {
    expect(problemsOf({}, ['OK'])).toStrictEqual(['no test for FINDING', 'no test for UNKNOWN']);
  });

  it('names both rules that share an id', () => {
    expect(lintRules([good, good], { 'ec2-idle': ALL })).toStrictEqual([
      { rule: 'ec2-idle', problem: 'its id is used twice' },
      { rule: 'ec2-idle', problem: 'its ref EC2-01 is used twice' },
      { rule: 'ec2-idle', problem: 'its id is used twice' },
      { rule: 'ec2-idle', problem: 'its ref EC2-01 is used twice' },
    ]);
  });
});
