import type { Claim, Figure } from '@infrafabric/protocol';
import { anomalyCard } from './anomalies.ts';
import { type Bar, columnChart, shareBar } from './charts.ts';
import { courseColumns } from './course.ts';
import { figureDetails } from './figures.ts';
import { foreign, section, shownFigure } from './markup.ts';
import type { View } from './view.ts';

/** Groups with a bar of their own; the others are summed up in words. */
const SHOWN_GROUPS = 10;

/** Where the money goes, by the bill: services, days, and how the month is expected to end. */
export function spendSection(view: View): string {
  const { claims } = view.report;
  const of = (topic: string): Claim[] => claims.filter((claim) => claim.topic === topic);
  const totals = of('spend/total');
  if (totals.length === 0) return '';
  const left = [
    ...of('spend/service').map((claim) => groupCard(claim, 'By service', view)),
    ...of('spend/account').map((claim) => groupCard(claim, 'By account', view)),
  ];
  const right = [
    ...of('spend/day').map((claim) => dayCard(claim, view)),
    ...of('spend/region').map((claim) => groupCard(claim, 'By region', view)),
  ];
  const lead = totals.map((claim) => `<p class="lead">${foreign(claim.statement)}</p>${figureDetails([claim], view)}`);
  return section(
    'spend',
    'Where the money goes',
    'as the bill says',
    `${lead.join('')}<div class="two"><div>${left.join('')}</div><div>${right.join('')}</div></div>${courseText(view)}`,
  );
}

/** How spend changes, and what stands out of it. */
function courseText(view: View): string {
  const [anomalies, columns] = [anomalyCard(view), courseColumns(view)];
  const course = columns.length === 0 ? '' : `<div class="two">${columns.join('')}</div>`;
  return anomalies === '' ? course : `<div class="course">${anomalies}</div>${course}`;
}

function groupCard(claim: Claim, title: string, view: View): string {
  const groups = claim.figures.filter((figure) => figure.name.startsWith('group.'));
  if (groups.length < 2 && title !== 'By service') return '';
  const largest = Math.max(0, ...groups.map((figure) => Number(figure.value)));
  const rows = groups
    .slice(0, SHOWN_GROUPS)
    .map(
      (figure) =>
        `<tr><td class="label">${foreign(groupName(figure))}</td><td class="bar">${shareBar(Number(figure.value), largest)}</td><td class="num">${shownFigure(figure)}</td></tr>`,
    );
  const more = groups.length - rows.length;
  const rest = more > 0 ? `<p class="soft">${more} more in the figures below.</p>` : '';
  return `<div class="card"><h3>${title}</h3><table class="bars"><tbody>${rows.join('')}</tbody></table>${rest}${figureDetails([claim], view)}</div>`;
}

function groupName(figure: Figure): string {
  const filter = figure.derivation.params['filter'];
  const [label] = typeof filter === 'object' && filter !== null ? Object.values(filter) : [];
  return typeof label === 'string' && label !== '' ? label : '(not named)';
}

function dayCard(claim: Claim, view: View): string {
  const days = claim.figures.filter((figure) => figure.name.startsWith('day.'));
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return '';
  const dearest = days.reduce((a, b) => (Number(b.value) > Number(a.value) ? b : a));
  const bars = days.map((figure): Bar => ({
    size: Number(figure.value),
    title: `${dayOf(figure)}: ${shownFigure(figure)}`,
    kind: 'spend',
  }));
  return [
    '<div class="card"><h3>By day</h3><div class="days">',
    `<span class="scale"><span>${shownFigure(dearest)}</span><span>0</span></span>`,
    columnChart(bars, claim.statement),
    `<span class="axis"><span>${foreign(dayOf(first))}</span><span>${foreign(dayOf(last))}</span></span></div>`,
    `<p class="soft">Dearest: ${foreign(dayOf(dearest))}, ${shownFigure(dearest)}</p>${figureDetails([claim], view)}</div>`,
  ].join('');
}

const dayOf = (figure: Figure): string => figure.name.slice('day.'.length);
