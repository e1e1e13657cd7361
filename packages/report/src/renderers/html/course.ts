import type { Claim, Figure } from '@infrafabric/protocol';
import { shareBar } from './charts.ts';
import { figureDetails } from './figures.ts';
import { cell, foreign, grouped, shownFigure } from './markup.ts';
import type { View } from './view.ts';

/** Two columns of how spend changes: a month against the one before with what drives it, and the last 7 and 30 days. */
export function courseColumns(view: View): string[] {
  const { claims } = view.report;
  const of = (topic: string): Claim | undefined => claims.find((claim) => claim.topic === topic);
  const months = (['change/month', 'change/month-so-far'] as const).flatMap((topic) => {
    const whole = of(topic);
    return whole === undefined ? [] : [changeCard(whole, topic, view)];
  });
  const trends = ['trend/7-days', 'trend/30-days'].flatMap((topic) => {
    const whole = of(topic);
    return whole === undefined ? [] : [trendRow(whole, of(topic.replace('trend/', 'trend/fastest/')), view)];
  });
  const trend = trends.length === 0 ? [] : [`<div class="card"><h3>Trend of daily usage</h3>${trends.join('')}</div>`];
  const [first, ...rest] = [...months, ...trend];
  return first === undefined ? [] : [`<div>${first}</div>`, `<div>${rest.join('')}</div>`];
}

/** The ways spend is told apart, by the last word of a topic; the first is open. */
const GROUPINGS = [
  ['service', 'Service'],
  ['account', 'Account'],
  ['region', 'Region'],
  ['usage-type', 'Usage type'],
  ['tag', 'Tag'],
  ['resource', 'Resource'],
] as const;

function changeCard(whole: Claim, topic: string, view: View): string {
  const { claims } = view.report;
  const tables = GROUPINGS.flatMap(([word, name], at) => {
    const claim = claims.find((one) => one.topic === `${topic}/${word}`);
    return claim === undefined || groupsOf(claim) < 2 ? [] : [groupTable(claim, name, { view, isOpen: at === 0 })];
  });
  const drivers = claims
    .filter((claim) => topic === 'change/month' && /^change\/driver\/\d+$/.test(claim.topic))
    .toSorted((a, b) => Number(a.topic > b.topic) - Number(a.topic < b.topic))
    .map((claim) => `<li>${foreign(claim.statement)}${figureDetails([claim], view)}</li>`);
  return [
    `<div class="card"><h3>${foreign(spansOf(whole))}</h3>`,
    `<p class="moved">${signed(figureOf(whole, 'change'))} <span class="soft">${percentOf(whole)}</span></p>`,
    effectTable(whole),
    ...tables,
    drivers.length === 0 ? '' : `<details><summary>What drives it</summary><ul>${drivers.join('')}</ul></details>`,
    figureDetails([whole], view),
    '</div>',
  ].join('');
}

const figureOf = ({ figures }: Claim, name: string): Figure | undefined => figures.find((one) => one.name === name);

/** A change with its sign. */
function signed(figure: Figure | undefined): string {
  if (figure === undefined) return '';
  return Number(figure.value) > 0 ? `+${shownFigure(figure)}` : shownFigure(figure);
}

function percentOf(claim: Claim): string {
  const percent = figureOf(claim, 'percent');
  return percent === undefined ? 'nothing was spent before' : signed(percent);
}

/** `2026-10 against 2026-09`, by the parameters of its figures. */
function spansOf({ figures }: Claim): string {
  const { before, after } = figures[0]?.derivation.params ?? {};
  return `${spanOf(after)} against ${spanOf(before)}`;
}

function spanOf(value: unknown): string {
  const { from, to } =
    typeof value === 'object' && value !== null ? { from: '', to: '', ...value } : { from: '', to: '' };
  if (from.slice(0, 7) !== to.slice(0, 7)) return `${from} to ${to}`;
  const next = new Date(Date.parse(to) + 86_400_000).toISOString();
  return from.endsWith('-01') && next.slice(8, 10) === '01' ? from.slice(0, 7) : `${from} to ${to.slice(8)}`;
}

const EFFECTS = [
  ['quantity', 'Quantity: more or less was used'],
  ['price', 'Price: a unit costs more or less'],
  ['started', 'Started: was not there before'],
  ['ended', 'Ended: is no longer there'],
  ['no_quantity', 'Without quantity: taxes, credits, fees'],
] as const;

function effectTable(claim: Claim): string {
  const rows = EFFECTS.flatMap(([name, label]) => {
    const figure = figureOf(claim, `effect.${name}`);
    return figure === undefined || Number(figure.value) === 0 ? [] : [{ label, figure }];
  });
  if (rows.length === 0) return '';
  const largest = Math.max(...rows.map(({ figure }) => Math.abs(Number(figure.value))));
  const body = rows.map(
    ({ label, figure }) =>
      `<tr><td class="label">${label}</td><td class="bar">${shareBar(Math.abs(Number(figure.value)), largest)}</td><td class="num">${signed(figure)}</td></tr>`,
  );
  return `<table class="bars"><tbody>${body.join('')}</tbody></table>`;
}

/** How many groups a claim has figures of. */
const groupsOf = ({ figures }: Claim): number => figures.filter(({ name }) => /^group\.\d+\.change$/.test(name)).length;

function groupTable(
  claim: Claim,
  name: string,
  { view, isOpen }: { readonly view: View; readonly isOpen: boolean },
): string {
  const count = groupsOf(claim);
  const rows = [
    ...Array.from({ length: count }, (_, at) => groupRow(claim, `group.${at + 1}`, name)),
    figureOf(claim, 'rest.change') === undefined ? '' : groupRow(claim, 'rest', name),
    groupRow(claim, 'total', name),
  ];
  const table = [
    `<table class="stack"><thead><tr><th scope="col">${name}</th><th class="num" scope="col">Before</th><th class="num" scope="col">After</th><th class="num" scope="col">Change</th></tr></thead>`,
    `<tbody>${rows.join('')}</tbody></table>`,
  ].join('');
  return `<details${isOpen ? ' open' : ''}><summary>By ${name.toLowerCase()}</summary>${table}${figureDetails([claim], view)}</details>`;
}

function groupRow(claim: Claim, prefix: string, name: string): string {
  const [before, after, change] = ['before', 'after', 'change'].map((part) => figureOf(claim, `${prefix}.${part}`));
  const label = prefix === 'total' ? '<b>All</b>' : prefix === 'rest' ? 'All others' : foreign(labelOf(before));
  const moved =
    change !== undefined && Number(change.value) > 0 ? `+${grouped(change.value)}` : grouped(change?.value ?? '');
  return `<tr>${cell(name, label)}${money('Before', before)}${money('After', after)}${cell('Change', moved, { kind: 'num' })}</tr>`;
}

/** An amount in its column, without its unit. */
const money = (column: string, figure: Figure | undefined): string =>
  cell(column, figure === undefined ? '' : grouped(figure.value), { kind: 'num' });

/** The label of a group of a comparison of the whole bill: the one its filter has. */
function labelOf(figure: Figure | undefined): string {
  const filter = figure?.derivation.params['filter'];
  const [label] = typeof filter === 'object' && filter !== null ? Object.values(filter) : [];
  return typeof label === 'string' && label !== '' ? label : '(not named)';
}

function trendRow(claim: Claim, fastest: Claim | undefined, view: View): string {
  return [
    `<p class="say"><b>${signed(figureOf(claim, 'change'))}</b> <span class="soft">${percentOf(claim)}, ${foreign(spansOf(claim))}</span></p>`,
    fastest === undefined ? '' : `<p class="soft">${foreign(fastest.statement)}</p>`,
    figureDetails([claim, fastest], view),
  ].join('');
}
