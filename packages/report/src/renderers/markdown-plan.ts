import { blockText } from '@infrafabric/finops';
import type { PlanStep } from '../model-plan.ts';
import type { Report } from '../model.ts';
import { markdown, visibleText } from './text-safety.ts';

/** Resources of a step with their lines; `infrafabric plan` prints all. */
const SHOWN_ITEMS = 3;

/** What to do, in the order of work: a step for each rule, with lines to copy for its dearest resources. */
export function actionPlanText({ action_plan: plan, claims }: Report): string {
  if (plan.steps.length === 0) return '## What to do\n\nNothing.';
  const statement = claims.find((claim) => claim.id === plan.claim)?.statement ?? '';
  const covered =
    plan.covered === 0
      ? []
      : [`${plan.covered} findings need no step: another option was chosen, or an earlier step leaves nothing.`];
  const lead = 'Lines are shown, never run. They stop at the first that fails, and save first what they destroy.';
  return [
    '## What to do',
    '',
    [markdown(statement), ...covered, lead].join(' '),
    '',
    ...plan.steps.flatMap(stepText),
  ].join('\n');
}

const TIMES = { today: 'today', 'this-week': 'this week', later: 'plan it' } as const;

function stepText(step: PlanStep): string[] {
  const { order, when, title, usd_month: usd, findings, effort, risk, restart, rule, note, items } = step;
  const money = usd === undefined ? '' : ` **${usd} USD a month.**`;
  const facts = `${findings === 1 ? '1 resource' : `${findings} resources`}, effort ${effort}, risk ${risk}${restart ? ', restarts' : ''}; ${markdown(rule)}`;
  const shown = items.slice(0, SHOWN_ITEMS);
  const more = findings - shown.length;
  return [
    `${order}. **${markdown(title)}** (${TIMES[when]}).${money} ${facts}.${note === undefined ? '' : ` ${markdown(note)}`}`,
    ...shown.flatMap(itemText),
    ...(more > 0 ? ['', `   And ${more} more: \`infrafabric plan <dir>\`.`] : []),
    '',
  ];
}

/** A resource and its blocks, indented into the list. Lines are printable ASCII without line ends, so no fence ends early. */
function itemText({ resource, commands, no_commands: why }: PlanStep['items'][number]): string[] {
  const name = `${markdown(resource.id)} in ${markdown(`${resource.account}/${resource.region}`)}`;
  if (why !== undefined) return ['', `   ${name}: ${markdown(why)}`];
  const blocks = commands.flatMap((block) => [
    '',
    ...(block.purpose === 'change' ? [] : [`   ${block.purpose === 'save' ? 'Save first' : 'To undo'}:`, '']),
    '   ```sh',
    ...blockText(block)
      .split('\n')
      .map((line) => `   ${visibleText(line)}`),
    '   ```',
  ]);
  return ['', `   ${name}:`, ...blocks];
}
