import type { Report } from '@infrafabric/report';
import { oneLine, table } from './table.ts';

type Step = Report['action_plan']['steps'][number];

const TIMES = { today: 'today', 'this-week': 'this week', later: 'plan it' } as const;

/** Steps as a table, or as a shell script with a comment above each resource. Nothing foreign leaves its comment or its quotes. */
export function planText(steps: readonly Step[], { withLines }: { readonly withLines: boolean }): string {
  if (steps.length === 0) return 'nothing to do\n';
  if (withLines)
    return `${['# Read before you run: these lines change an AWS account.', 'export AWS_PAGER=', ...steps.flatMap(scriptOf)].join('\n')}\n`;
  const rows = steps.map((step) => [
    String(step.order),
    TIMES[step.when],
    step.usd_month ?? '-',
    step.effort,
    step.risk,
    String(step.findings),
    step.title,
  ]);
  const head = ['STEP', 'WHEN', 'USD/MONTH', 'EFFORT', 'RISK', 'RESOURCES', 'WHAT'];
  return `${table([head, ...rows], [0, 2, 5])}\n\nlines to copy:  infrafabric plan <dir> --step 1\n`;
}

function scriptOf({ order, title, note, items, more }: Step): string[] {
  const head = [`# Step ${order}: ${oneLine(title)}${note === undefined ? '' : `. ${oneLine(note)}`}`];
  const rest = more > 0 ? [`# ${more} more resources: findings.csv names them`] : [];
  return ['', ...head, ...items.flatMap(itemScript), ...rest];
}

function itemScript({ resource, usd_month: usd, commands, no_commands: why }: Step['items'][number]): string[] {
  const money = usd === undefined ? '' : `, ${usd} USD a month`;
  const head = `# ${oneLine(resource.id)} in ${oneLine(resource.account)}/${oneLine(resource.region)}${money}`;
  if (why !== undefined) return ['', `${head}: ${oneLine(why)}`];
  const blocks = commands.flatMap(({ purpose, lines }) => {
    if (purpose === 'undo') return ['# to undo:', ...lines.slice(-1).map((line) => `#   ${line}`)];
    const comment = purpose === 'save' ? ['# save first; what follows waits until it is done'] : [];
    return [...comment, lines.join(' &&\n')];
  });
  return ['', head, ...blocks];
}
