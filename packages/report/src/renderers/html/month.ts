import type { Claim, Figure } from '@infrafabric/protocol';
import { type Month, monthGauge } from './charts.ts';
import { figureDetails } from './figures.ts';
import { foreign, shownFigure } from './markup.ts';
import type { View } from './view.ts';

/** How a month is expected to end, beside its budget when one was given; `breaches` are those of all bills. */
export function monthCard(forecast: Claim, breaches: readonly Claim[], view: View): string {
  const bill = forecast.citations[0]?.evidence;
  const breach = breaches.find((claim) => claim.citations[0]?.evidence === bill);
  const said = [breach, forecast].filter((claim) => claim !== undefined);
  return [
    '<div class="card"><h3>This month</h3>',
    breach === undefined ? '' : `<p>${verdictPill(breach)}</p>`,
    monthGauge(monthOf(forecast, breach), forecast.statement),
    '<p class="key">',
    keyText('spend', 'spent', figureOf(forecast, 'spent')),
    keyText('ahead', 'expected', figureOf(forecast, 'expected')),
    keyText('limit', 'budget', figureOf(breach, 'budget')),
    '</p>',
    ...said.map((claim) => `<p class="say">${foreign(claim.statement)}</p>`),
    figureDetails([forecast, breach], view),
    '</div>',
  ].join('');
}

function verdictPill(breach: Claim): string {
  const isOver = Number(figureOf(breach, 'overrun')?.value ?? 0) > 0;
  return isOver ? '<span class="pill high">over budget</span>' : '<span class="pill">within budget</span>';
}

function monthOf(forecast: Claim, breach: Claim | undefined): Month {
  const named = [
    ['low', figureOf(forecast, 'low')],
    ['high', figureOf(forecast, 'high')],
    ['budget', figureOf(breach, 'budget')],
  ] as const;
  const known = named.flatMap(([name, figure]) =>
    figure === undefined ? [] : [[name, Number(figure.value)] as const],
  );
  const size = (name: string): number => Number(figureOf(forecast, name)?.value ?? 0);
  return { spent: size('spent'), expected: size('expected'), ...Object.fromEntries(known) };
}

function keyText(kind: string, label: string, figure: Figure | undefined): string {
  return figure === undefined ? '' : `<span class="${kind}">${label} ${shownFigure(figure)}</span>`;
}

const figureOf = (claim: Claim | undefined, name: string): Figure | undefined =>
  claim?.figures.find((figure) => figure.name === name);
