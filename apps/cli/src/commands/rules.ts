import type { Command } from 'commander';
import type { Rule } from '@infrafabric/runtime';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { table } from '../table.ts';

/** `rules`: what the agents check, with thresholds and sources. */
export function addRules(program: Command, invocation: Invocation, act: Act): void {
  const rules = program.command('rules').description('List the checks, or show one with its thresholds and sources');
  const list = rules.command('list', { isDefault: true }).description('List every check');
  withExamples(withJson(list), 'infrafabric rules', 'infrafabric rules list --json');
  list.action((options: { json?: boolean }) => act(() => listRules(invocation, options.json === true)));
  const show = rules.command('show').description('Show one check').argument('<id>', 'such as ebs-gp2-to-gp3 or EBS-04');
  withExamples(withJson(show), 'infrafabric rules show ebs-gp2-to-gp3');
  show.action((id: string, options: { json?: boolean }) => act(() => showRule(id, invocation, options.json === true)));
}

async function listRules({ terminal }: Invocation, json: boolean): Promise<ExitStatus> {
  const { RULES } = await import('@infrafabric/runtime');
  const sorted = [...RULES].sort((a, b) => (`${a.role}/${a.id}` < `${b.role}/${b.id}` ? -1 : 1));
  const rows = sorted.map((rule) => [rule.role, rule.id, rule.ref, rule.title]);
  if (json) terminal.document(JSON.stringify(sorted.map(described), undefined, 2));
  else terminal.out(`${table([['ROLE', 'RULE', 'REF', 'CHECKS'], ...rows])}\n`);
  return EXIT.complete;
}

async function showRule(id: string, { terminal }: Invocation, json: boolean): Promise<ExitStatus> {
  const { findRule } = await import('@infrafabric/runtime');
  const rule = findRule(id);
  if (json) terminal.document(JSON.stringify(described(rule), undefined, 2));
  else terminal.out(page(rule));
  return EXIT.complete;
}

function described(rule: Rule): object {
  return { ...rule, judge: undefined, derivations: rule.derivations.map((derivation) => derivation.id) };
}

function page(rule: Rule): string {
  const thresholds = rule.thresholds.map(({ name, value, unit, source }) => [name, `${value} ${unit}`, source]);
  const lines = [
    `${rule.id} (${rule.ref}): ${rule.title}`,
    `${rule.role} agent, on ${rule.appliesTo}; ${rule.actionType}, severity ${rule.severity}, effort ${rule.effort}, risk ${rule.risk}`,
    `${rule.restartNeeded ? 'needs a restart' : 'needs no restart'}, ${rule.rollbackPossible ? 'can be undone' : 'cannot be undone'}`,
    ...(rule.reads.length === 0 ? [] : [`reads also: ${rule.reads.join(', ')}`]),
    ...(thresholds.length === 0 ? [] : ['thresholds:', tableWithIndent(thresholds)]),
    'sources:',
    ...rule.sources.map((source) => `  ${source}`),
    `derivations: ${rule.derivations.map((derivation) => derivation.id).join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function tableWithIndent(rows: readonly (readonly string[])[]): string {
  return table(rows)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
