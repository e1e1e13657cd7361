import type { Rule, RuleProof, VerdictCounts } from '@infrafabric/runtime';
import { table } from './table.ts';

/** One check as text for a person. */
export function rulePage(rule: Rule, proof: RuleProof, missing: readonly string[]): string {
  const thresholds = rule.thresholds.map(({ name, value, unit, source }) => [name, `${value} ${unit}`, source]);
  const lines = [
    `${rule.id} (${rule.ref}): ${rule.title}`,
    `${rule.role} agent, on ${rule.appliesTo}; ${rule.actionType}, severity ${rule.severity}, effort ${rule.effort}, risk ${rule.risk}`,
    `${rule.restartNeeded ? 'needs a restart' : 'needs no restart'}, ${rule.rollbackPossible ? 'can be undone' : 'cannot be undone'}`,
    ...(rule.reads.length === 0 ? [] : [`reads also: ${rule.reads.join(', ')}`]),
    'inputs:',
    ...rule.inputs.map((one) => `  ${one}`),
    `formula: ${rule.formula}`,
    ...(thresholds.length === 0 ? [] : ['thresholds:', tableWithIndent(thresholds)]),
    'what to do:',
    ...rule.implementation.map((one, n) => `  ${n + 1}. ${one}`),
    `way back: ${rule.rollback}`,
    `documentation: ${rule.documentation}`,
    'sources:',
    ...rule.sources.map((source) => `  ${source}`),
    `derivations: ${rule.derivations.map((derivation) => derivation.id).join(', ')}`,
    missing.length === 0 ? 'proven:' : `unproven, ${missing.join(' and ')} not seen yet:`,
    `  recorded AWS answers: ${counts(proof.recorded)}`,
    `  the same, judged on other days: ${counts(proof.other_days)}`,
    `  account on an emulator: ${counts(proof.moto)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const counts = ({ finding, ok, unknown }: VerdictCounts): string => `${finding} FINDING, ${ok} OK, ${unknown} UNKNOWN`;

function tableWithIndent(rows: readonly (readonly string[])[]): string {
  return table(rows)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
