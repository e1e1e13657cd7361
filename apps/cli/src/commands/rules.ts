import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withJson } from '../flags.ts';
import type { Act, Invocation } from '../invocation.ts';
import { rulePage } from '../rule-page.ts';
import { table } from '../table.ts';

/** `rules`: what the agents check, with thresholds, sources and how far each check is proven. */
export function addRules(program: Command, invocation: Invocation, act: Act): void {
  const rules = program
    .command('rules')
    .description('List the checks, show one with its thresholds and sources, or check the catalogue');
  const list = rules.command('list', { isDefault: true }).description('List every check, and whether it is proven');
  withExamples(withJson(list), 'infrafabric rules', 'infrafabric rules list --json');
  list.action((options: { json?: boolean }) => act(() => listRules(invocation, options.json === true)));
  const show = rules.command('show').description('Show one check').argument('<id>', 'such as ebs-gp2-to-gp3 or EBS-04');
  withExamples(withJson(show), 'infrafabric rules show ebs-gp2-to-gp3');
  show.action((id: string, options: { json?: boolean }) => act(() => showRule(id, invocation, options.json === true)));
  const lint = rules
    .command('lint')
    .description('Check that every check has its sources, texts and tests; exit 1 when one does not');
  withExamples(withJson(lint), 'infrafabric rules lint');
  lint.action((options: { json?: boolean }) => act(() => lintRules(invocation, options.json === true)));
}

async function listRules({ terminal }: Invocation, json: boolean): Promise<ExitStatus> {
  const { listRules: listed } = await import('@infrafabric/runtime');
  const sorted = listed();
  const rows = sorted.map((rule) => [rule.role, rule.id, rule.ref, rule.proven ? 'yes' : 'unproven', rule.title]);
  if (json) {
    terminal.document(JSON.stringify(sorted, undefined, 2));
    return EXIT.complete;
  }
  const proven = sorted.filter((rule) => rule.proven).length;
  terminal.out(`${table([['ROLE', 'RULE', 'REF', 'PROVEN', 'CHECKS'], ...rows])}\n`);
  terminal.out(`${proven} proven, ${sorted.length - proven} unproven\n`);
  return EXIT.complete;
}

async function showRule(id: string, { terminal }: Invocation, json: boolean): Promise<ExitStatus> {
  const { findRule, listedRule, missingProof } = await import('@infrafabric/runtime');
  const rule = findRule(id);
  const listed = listedRule(rule);
  if (json) terminal.document(JSON.stringify(listed, undefined, 2));
  else terminal.out(rulePage(rule, listed.proof, missingProof(rule.id)));
  return EXIT.complete;
}

async function lintRules({ terminal }: Invocation, json: boolean): Promise<ExitStatus> {
  const { RULES, ruleDefects } = await import('@infrafabric/runtime');
  const defects = ruleDefects();
  if (json) terminal.document(JSON.stringify({ rules: RULES.length, defects }, undefined, 2));
  else if (defects.length === 0) terminal.out(`${RULES.length} rules, nothing missing\n`);
  else terminal.out(`${table([['RULE', 'PROBLEM'], ...defects.map((one) => [one.rule, one.problem])])}\n`);
  return defects.length === 0 ? EXIT.complete : EXIT.gaps;
}
