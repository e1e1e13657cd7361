import { type CommandBlock, PLAN_TIMES, type PlanItem, type PlanTime } from '@infrafabric/finops';
import type { PlanStep } from '../../model-plan.ts';
import { html } from '../text-safety.ts';
import { figureDetails } from './figures.ts';
import { code, counted, foreign, grouped, section } from './markup.ts';
import type { View } from './view.ts';

/** Resources of a step with their lines in the page; `infrafabric plan` prints all. */
const SHOWN_ITEMS = 8;

/** What each time is called. */
const TIMES: Readonly<Record<PlanTime, { readonly title: string; readonly what: string }>> = {
  today: { title: 'Today', what: 'low effort, low risk' },
  'this-week': { title: 'This week', what: 'medium effort or risk: agree on a time with the owner' },
  later: { title: 'Plan it', what: 'high effort or risk: a project of its own' },
};

/** What to do, in the order of work: a step for each rule, with lines to copy. */
export function actionPlanSection(view: View): string {
  const { action_plan: plan } = view.report;
  if (plan.steps.length === 0) return '';
  const claim = view.claims.get(plan.claim);
  const covered =
    plan.covered === 0
      ? ''
      : ` ${counted(plan.covered, 'finding')} ${plan.covered === 1 ? 'needs' : 'need'} no step: another option of the same resource was chosen, or an earlier step leaves nothing of it.`;
  const body = [
    `<p class="lead soft">${foreign(claim?.statement ?? '')}${covered} Lines are shown and never run by InfraFabric. They stop at the first that fails, and what they destroy they save first. `,
    `Set ${code('AWS_PAGER=')} so that none waits in a pager.</p>`,
    figureDetails([claim], view),
    ...PLAN_TIMES.map((when) => timeText(when, view)),
  ];
  return section('plan', 'What to do', counted(plan.steps.length, 'step'), body.join(''));
}

function timeText(when: PlanTime, view: View): string {
  const { steps, claim } = view.report.action_plan;
  const own = steps.filter((step) => step.when === when);
  if (own.length === 0) return '';
  const total = view.claims.get(claim)?.figures.find((figure) => figure.name === `when.${when}`)?.value ?? '0.00';
  const { title, what } = TIMES[when];
  return [
    `<div class="card plan"><h3>${title} <span class="aside">${what}</span><span class="sum">${grouped(total)} USD/month</span></h3>`,
    `<ol>${own.map(stepText).join('')}</ol></div>`,
  ].join('');
}

function stepText(step: PlanStep): string {
  const { order, title, usd_month: usd, findings, effort, risk, restart, rule, note } = step;
  const facts = [counted(findings, 'resource'), `effort ${grade(effort)}`, `risk ${grade(risk)}`];
  return [
    `<li value="${order}"><div class="step"><b>${foreign(title)}</b><span class="net">${usd === undefined ? '' : `${grouped(usd)} USD/month`}</span></div>`,
    `<div class="where">${[...facts, ...(restart ? ['restarts'] : [])].map((fact) => `<span>${fact}</span>`).join('')}${code(rule)}</div>`,
    note === undefined ? '' : `<p class="soft">${foreign(note)}</p>`,
    itemsText(step),
    '</li>',
  ].join('');
}

const grade = (text: string): string => text.replace('Very', 'very ').toLowerCase();

function itemsText({ items, findings }: PlanStep): string {
  const shown = items.slice(0, SHOWN_ITEMS);
  const more = findings - shown.length;
  const rest =
    more > 0
      ? `<p class="soft">And ${counted(more, 'more resource')}: <code>infrafabric plan &lt;this folder&gt;</code></p>`
      : '';
  const why = commonReason(items);
  const names = why === undefined ? '' : `<p class="soft">${foreign(why)}</p>`;
  return `<details><summary>${why === undefined ? 'Lines to copy' : 'Which'}</summary>${names}${shown.map((item) => itemText(item, why)).join('')}${rest}</details>`;
}

/** The one reason why no resource of a step has lines. */
function commonReason(items: readonly PlanItem[]): string | undefined {
  const reasons = new Set(items.map((item) => item.no_commands));
  const [only] = reasons;
  return reasons.size === 1 ? only : undefined;
}

/** What stands above a block. */
const PURPOSES: Readonly<Record<CommandBlock['purpose'], string>> = {
  save: '<small>Save first</small>',
  change: '',
  undo: '<small>To undo</small>',
};

function itemText(
  { resource, usd_month: usd, commands, no_commands: why }: PlanItem,
  common: string | undefined,
): string {
  const name =
    resource.name === undefined || resource.name === resource.id
      ? ''
      : ` <span class="soft">${foreign(resource.name)}</span>`;
  const head = `<div class="where">${code(resource.id)}${name} <span>${foreign(resource.region)}</span><span>${foreign(resource.account)}</span>${usd === undefined ? '' : `<span>${grouped(usd)} USD/month</span>`}</div>`;
  const reason = why === undefined || why === common ? '' : `<p class="soft">${foreign(why)}</p>`;
  const blocks = commands.map(
    (block) => `${PURPOSES[block.purpose]}<pre class="cmd">${block.lines.map(html).join(' &amp;&amp;\n')}</pre>`,
  );
  return `${head}${reason}${blocks.join('')}`;
}
