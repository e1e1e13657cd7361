import type { Rule } from '../model/rule.ts';
import { isMethodRef } from './method-refs.ts';

/** Something a rule lacks. */
export interface RuleDefect {
  readonly rule: string;
  readonly problem: string;
}

/** Verdicts every rule has a test for. */
const TESTED_VERDICTS = ['FINDING', 'OK', 'UNKNOWN'] as const;

/** What the check of the catalogue knows about rules besides the rules: the verdicts their tests name, by rule id. */
export type TestedVerdicts = Readonly<Record<string, readonly string[]>>;

/**
 * Checks a catalogue: ids and refs are used once and known, every limit has a dated source, every text a person needs is there,
 * and each rule has a test for each of its three verdicts.
 */
export function lintRules(rules: readonly Rule[], tested: TestedVerdicts): RuleDefect[] {
  const ids = rules.map((rule) => rule.id);
  const refs = rules.map((rule) => rule.ref);
  return rules.flatMap((rule) => {
    const problems = [
      ...(isRepeated(rule.id, ids) ? ['its id is used twice'] : []),
      ...(isRepeated(rule.ref, refs) ? [`its ref ${rule.ref} is used twice`] : []),
      ...(isMethodRef(rule.ref) ? [] : [`its ref ${rule.ref} is not in the method catalogue`]),
      ...textProblems(rule),
      ...sourceProblems(rule),
      ...TESTED_VERDICTS.filter((one) => tested[rule.id]?.includes(one) !== true).map((one) => `no test for ${one}`),
    ];
    return problems.map((problem) => ({ rule: rule.id, problem }));
  });
}

const isRepeated = (text: string, texts: readonly string[]): boolean => texts.filter((one) => one === text).length > 1;

function textProblems(rule: Rule): string[] {
  const lists = { inputs: rule.inputs, implementation: rule.implementation, sources: rule.sources };
  const texts = { formula: rule.formula, rollback: rule.rollback, title: rule.title };
  return [
    ...Object.entries(lists).flatMap(([name, list]) => (list.some(isBlank) || list.length === 0 ? [`no ${name}`] : [])),
    ...Object.entries(texts).flatMap(([name, text]) => (isBlank(text) ? [`no ${name}`] : [])),
    ...(AWS_PAGE.test(rule.documentation) ? [] : ['documentation is not a page of AWS']),
    ...(rule.severity >= 0 && rule.severity <= 10 ? [] : ['severity is not between 0 and 10']),
  ];
}

const isBlank = (text: string): boolean => text.trim() === '';

const AWS_PAGE = /^https:\/\/(?:docs\.)?aws\.amazon\.com\/\S+$/;

/** Prices come from the price table, where each entry has its own source and date; limits stand in the rule. */
function sourceProblems({ thresholds }: Rule): string[] {
  return thresholds.flatMap(({ name, source }) =>
    /\b20\d\d-\d\d-\d\d\b/.test(source) ? [] : [`threshold ${name} has no dated source`],
  );
}
