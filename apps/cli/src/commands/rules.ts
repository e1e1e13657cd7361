import type { Command } from 'commander';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../program.ts';
import { table } from '../terminal.ts';

/** `rules`: what the agents check, with thresholds and sources. */
export function addRules(program: Command, { terminal }: Invocation, act: Act): void {
  const rules = program.command('rules').description('List the checks, or show one with its thresholds and sources');
  rules
    .command('list', { isDefault: true })
    .description('List every check')
    .option('--json', 'print one JSON document on stdout')
    .action((options: { json?: boolean }) =>
      act(async () => {
        const { RULES } = await import('@infrafabric/runtime');
        const sorted = [...RULES].sort((a, b) => (`${a.role}/${a.id}` < `${b.role}/${b.id}` ? -1 : 1));
        if (options.json === true) terminal.out(`${JSON.stringify(sorted.map(described), undefined, 2)}\n`);
        else
          terminal.out(
            `${table([['ROLE', 'RULE', 'REF', 'CHECKS'], ...sorted.map((rule) => [rule.role, rule.id, rule.ref, rule.title])])}\n`,
          );
        return EXIT.complete;
      }),
    );
  rules
    .command('show')
    .description('Show one check')
    .argument('<id>', 'such as ebs-gp2-to-gp3 or EBS-04')
    .action((id: string) =>
      act(async () => {
        const { RULES, RuntimeError } = await import('@infrafabric/runtime');
        const rule = RULES.find((one) => one.id === id || one.ref === id);
        if (rule === undefined)
          throw new RuntimeError('CONFIG_INVALID', {
            message: `no rule is called ${id}`,
            fix: 'infrafabric rules list',
          });
        terminal.out(`${JSON.stringify(described(rule), undefined, 2)}\n`);
        return EXIT.complete;
      }),
    );
}

type Rule = (typeof import('@infrafabric/runtime'))['RULES'][number];

function described(rule: Rule): object {
  const { judge, derivations, ...rest } = rule;
  return { ...rest, derivations: derivations.map((derivation) => derivation.id) };
}
