import type { Claim, Figure } from '@infrafabric/protocol';
import { forecastChart } from './forecast-chart.ts';
import { figureDetails } from './figures.ts';
import { cell, counted, foreign, grouped, section, shownFigure } from './markup.ts';
import { monthCard } from './month.ts';
import type { View } from './view.ts';

/** What is expected: the month, the next 30 days, the budgets of AWS, and what accepted findings have saved. */
export function outlookSection(view: View): string {
  const of = (topic: string): Claim[] => view.report.claims.filter((claim) => claim.topic === topic);
  const cards = [
    ...of('forecast/thirty-days').map((claim) => daysCard(claim, of('spend/day')[0], view)),
    ...of('forecast/month-end').map((claim) => monthCard(claim, of('budget/breach'), view)),
  ];
  const tables = [budgetTable(of('budget/aws'), of('budget/performance'), view), realisedTable(of, view)].filter(
    (one) => one !== '',
  );
  if (cards.length + tables.length === 0) return '';
  const two = cards.length === 0 ? '' : `<div class="two">${cards.map((card) => `<div>${card}</div>`).join('')}</div>`;
  return section('outlook', 'What is expected', 'if nothing changes', two + tables.join(''));
}

function daysCard(claim: Claim, days: Claim | undefined, view: View): string {
  const [low, expected, high] = ['low', 'expected', 'high'].map((name) => figureOf(claim, name));
  const interval =
    low === undefined || high === undefined
      ? '<span class="soft">no interval: the history is too short to measure errors</span>'
      : `<span class="soft">80 % interval ${shownFigure(low)} to ${shownFigure(high)}</span>`;
  return [
    '<div class="card"><h3>The next 30 days</h3>',
    `<p><b>${expected === undefined ? '' : shownFigure(expected)}</b> ${interval}</p>`,
    forecastChart(claim, days),
    '<p class="key"><span class="spend">spent</span><span class="ahead">expected, with its 80 % interval</span></p>',
    `<p class="say">${foreign(claim.statement)}</p>`,
    figureDetails([claim], view),
    '</div>',
  ].join('');
}

/** Budgets shown; the others are in report.json. */
const SHOWN_BUDGETS = 50;

function budgetTable(budgets: readonly Claim[], performances: readonly Claim[], view: View): string {
  if (budgets.length === 0) return '';
  const rows = budgets
    .toSorted(byDanger)
    .slice(0, SHOWN_BUDGETS)
    .map((claim) => budgetRow(claim, view));
  const heads = ['Budget', 'Limit', 'On the bill', 'AWS says', 'Expected', 'Chance to pass it'];
  const head = heads.map((name, at) => `<th${at === 0 ? '' : ' class="num"'} scope="col">${name}</th>`).join('');
  const more = budgets.length - rows.length;
  return [
    `<h3>Budgets of AWS <span class="aside">${counted(budgets.length, 'budget')}</span></h3>`,
    `<table class="stack"><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
    more > 0 ? `<p class="lead">And ${grouped(String(more))} more in report.json.</p>` : '',
    ...performances.slice(0, SHOWN_BUDGETS).map((claim) => `<p class="soft">${foreign(claim.statement)}</p>`),
  ].join('');
}

/** The budget that is expected to be passed by most comes first; for order only. */
function byDanger(a: Claim, b: Claim): number {
  return Number(figureOf(b, 'share')?.value ?? 0) - Number(figureOf(a, 'share')?.value ?? 0);
}

function budgetRow(claim: Claim, view: View): string {
  const name = claim.figures[0]?.derivation.params['budget'];
  const money = (label: string, ...names: string[]): string => {
    const figure = names.map((one) => figureOf(claim, one)).find((one) => one !== undefined);
    return cell(label, figure === undefined ? '<span class="soft">not known</span>' : shownFigure(figure), {
      kind: 'num',
    });
  };
  const what = `<span class="id">${foreign(typeof name === 'string' ? name : '')}</span>${standingPill(claim)}<p class="soft">${foreign(claim.statement)}</p>${figureDetails([claim], view)}`;
  return [
    '<tr>',
    cell('Budget', what, { kind: 'what' }),
    money('Limit', 'limit'),
    money('On the bill', 'actual'),
    money('AWS says', 'aws_actual'),
    money('Expected', 'expected', 'aws_forecast'),
    money('Chance to pass it', 'probability'),
    '</tr>',
  ].join('');
}

/** A budget is in danger from even odds on. Source: our own choice. */
const EVEN_ODDS = 50;

function standingPill(claim: Claim): string {
  const chance = figureOf(claim, 'probability');
  const share = Number(figureOf(claim, 'share')?.value ?? 0);
  const isOver = chance === undefined ? share > 100 : Number(chance.value) >= EVEN_ODDS;
  return isOver
    ? ' <span class="pill high">expected to be passed</span>'
    : ' <span class="pill">within its limit</span>';
}

function realisedTable(of: (topic: string) => Claim[], view: View): string {
  const claims = of('saving/realised');
  if (claims.length === 0) return '';
  const [sums, share] = [of('saving/realised-sums')[0], of('saving/realised-share')[0]];
  const said = [sums, share].flatMap((claim) => (claim === undefined ? [] : foreign(claim.statement))).join(' ');
  const items = claims.map((claim) => `<li>${foreign(claim.statement)}${figureDetails([claim], view)}</li>`);
  return `<h3>Claimed and realised</h3><p class="lead">${said}</p><ul class="list">${items.join('')}</ul>`;
}

const figureOf = (claim: Claim, name: string): Figure | undefined =>
  claim.figures.find((figure) => figure.name === name);
