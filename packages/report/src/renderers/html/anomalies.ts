import type { Claim, Figure } from '@infrafabric/protocol';
import { figureDetails } from './figures.ts';
import { cell, counted, foreign, shownFigure } from './markup.ts';
import type { View } from './view.ts';

/** Columns of a place, from the service down. */
const PLACE = ['ServiceName', 'SubAccountId', 'RegionId', 'x_UsageType', 'SkuMeter', 'ChargeDescription'];

/** What stands out of the course of cost, the largest impact first; nothing when no day could be judged. */
export function anomalyCard(view: View): string {
  const { claims } = view.report;
  const summary = claims.find((claim) => claim.topic === 'anomaly/summary');
  if (summary === undefined) return '';
  const events = claims
    .filter((claim) => claim.topic === 'anomaly/up' || claim.topic === 'anomaly/down')
    .toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const rows = events.map((claim) => eventRow(claim, view));
  const table = [
    '<table class="stack"><thead><tr><th scope="col">Severity</th><th scope="col">Where and when</th><th class="num" scope="col">Expected</th><th class="num" scope="col">Actual</th><th class="num" scope="col">Impact</th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table>`,
  ].join('');
  return [
    `<div class="card"><h3>What stands out <span class="aside">${counted(events.length, 'event')}</span></h3>`,
    rows.length === 0 ? '' : table,
    `<p class="soft">${foreign(summary.statement)}</p>${figureDetails([summary], view)}</div>`,
  ].join('');
}

const figureOf = ({ figures }: Claim, name: string): Figure | undefined => figures.find((one) => one.name === name);
const sizeOf = (claim: Claim): number => Math.abs(Number(figureOf(claim, 'impact')?.value ?? 0));

function eventRow(claim: Claim, view: View): string {
  const severity = Number(figureOf(claim, 'severity')?.value ?? 0);
  const kind = severity >= 7 ? 'high' : severity >= 4 ? 'medium' : '';
  const { filter, from, to } = figureOf(claim, 'impact')?.derivation.params ?? {};
  const where = PLACE.flatMap((column) => {
    const label =
      typeof filter === 'object' && filter !== null && column in filter ? Reflect.get(filter, column) : undefined;
    return typeof label === 'string' ? [foreign(label)] : [];
  });
  const days = [...new Set([from, to])].filter((day) => typeof day === 'string').join(' to ');
  const [first = '', ...rest] = where;
  const place = `<span class="id">${first}</span><div class="where">${rest.map((part) => `<span>${part}</span>`).join('')}</div><div class="where">${foreign(days)}</div>${figureDetails([claim], view)}`;
  return [
    `<tr>${cell('Severity', `<span class="pill ${kind}">${severity} of 10</span>`)}`,
    cell('Where and when', place, { kind: 'what' }),
    ...(['expected', 'actual', 'impact'] as const).map((name) => {
      const figure = figureOf(claim, name);
      const sign = name === 'impact' && Number(figure?.value) > 0 ? '+' : '';
      return cell(
        name.charAt(0).toUpperCase() + name.slice(1),
        figure === undefined ? '' : sign + shownFigure(figure),
        { kind: 'num' },
      );
    }),
    '</tr>',
  ].join('');
}
