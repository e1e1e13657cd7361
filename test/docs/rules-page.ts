import { isProven, missingProof, proofOf, RULES, type Rule, type VerdictCounts } from '@infrafabric/runtime';
import { table } from './table.ts';

const SORTED = [...RULES].sort((a, b) => (a.id < b.id ? -1 : 1));

/** docs/rules.md, from the rule catalogue and the proof table. */
export function rulesPage(): string {
  const proven = SORTED.filter((rule) => isProven(rule.id)).length;
  const unproven = SORTED.filter((rule) => !isProven(rule.id));
  const overview = SORTED.map((rule) => [
    `[\`${rule.id}\`](#${rule.id})`,
    rule.ref,
    rule.title,
    isProven(rule.id) ? 'yes' : 'unproven',
  ]);
  return `${[
    head(proven),
    table(['rule', 'ref', 'what it finds', 'proven'], overview),
    '## Unproven',
    'These gave no FINDING, or no OK, on input that their author did not write.',
    table(
      ['rule', 'not seen yet'],
      unproven.map((rule) => [`\`${rule.id}\``, missingProof(rule.id).join(', ')]),
    ),
    ...SORTED.map(section),
  ].join('\n\n')}\n`;
}

const head = (proven: number): string => `# Rules

<!-- Made from the rule catalogue and the proof table by \`pnpm docs:write\`. Change those. -->

${SORTED.length} checks, ${proven} of them proven. **Proven** means: the check gave a FINDING and an OK on input that its author did not write, which
is AWS answers recorded by others, judged on three days with real prices, or an account made through the AWS API of an emulator (moto) and
read live. \`pnpm rules:prove\` does both again and writes the table; tests compare. A check is judged on real accounts only when you run it on yours.

Each check says FINDING, OK or UNKNOWN with what is missing. Dollars come from the dated price table; no sourced price, no dollars.
\`infrafabric rules list|show|lint\` print the same; limits can be set by configuration under their names.`;

function section(rule: Rule): string {
  return [
    `## ${rule.id}`,
    `${rule.title} (${rule.ref}). On ${rule.appliesTo}, by the ${rule.role} agent.`,
    [
      `- **Reads**: ${rule.inputs.join('; ')}`,
      `- **Formula**: ${rule.formula}`,
      ...rule.thresholds.map((one) => `- **Limit** \`${one.name}\` ${one.value} ${one.unit}: ${one.source}`),
      `- **Action**: ${rule.actionType}; severity ${rule.severity}, effort ${rule.effort}, risk ${rule.risk}; ${rule.restartNeeded ? 'restart needed' : 'no restart'}`,
      `- **What to do**: ${rule.implementation.join(' ')}`,
      `- **Way back**: ${rule.rollback}`,
      `- **AWS page**: <${rule.documentation}>`,
      `- **Seen**: recorded ${counts(proofOf(rule.id).recorded)}; on other days ${counts(proofOf(rule.id).other_days)}; emulator ${counts(proofOf(rule.id).moto)}`,
    ].join('\n'),
  ].join('\n\n');
}

const counts = ({ finding, ok, unknown }: VerdictCounts): string => `${finding} FINDING, ${ok} OK, ${unknown} UNKNOWN`;
