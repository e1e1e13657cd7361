import type { Claim, Figure } from '@infrafabric/protocol';
import { html } from '../text-safety.ts';
import { foreign, shownFigure } from './markup.ts';

/** Days of the past beside the days to come, so that a reader sees what the forecast goes on from. */
const PAST_DAYS = 45;

const HEIGHT = 300;

/** A day to draw; numbers are for pixels only. */
interface Day {
  readonly date: string;
  readonly size: number;
  readonly title: string;
  readonly low?: number;
  readonly high?: number;
}

/** Daily spend as columns, then the expected days as paler ones with a whisker for the 80 % interval of each. */
export function forecastChart(forecast: Claim, spent: Claim | undefined): string {
  const ahead = daysAhead(forecast);
  const [firstAhead] = ahead;
  if (firstAhead === undefined) return '';
  const past = pastDays(spent)
    .filter(({ date }) => date < firstAhead.date)
    .slice(-PAST_DAYS);
  const days = [...past, ...ahead];
  const top = Math.max(...days.map((day) => Math.max(day.size, day.high ?? 0))) || 1;
  const step = 1000 / days.length;
  const columns = days.map((day, at) => column(day, at < past.length ? 'spend' : 'ahead', { x: at * step, step, top }));
  const today =
    past.length === 0
      ? ''
      : `<rect class="whisker" x="${(past.length * step - 1).toFixed(2)}" y="0" width="1" height="${HEIGHT}"/>`;
  const label = `Daily spend of ${past.length} days and the ${ahead.length} expected after them. ${forecast.statement}`;
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? ''];
  return [
    `<div class="days"><span class="scale"><span>${html(top.toFixed(2))}</span><span>0</span></span>`,
    `<svg viewBox="0 0 1000 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${html(label)}">`,
    `<rect class="line" x="0" y="${HEIGHT - 1}" width="1000" height="1"/>${columns.join('')}${today}</svg>`,
    `<span class="axis"><span>${foreign(first)}</span><span>${foreign(firstAhead.date)}</span><span>${foreign(last)}</span></span></div>`,
  ].join('');
}

function column(
  { size, title, low, high }: Day,
  kind: 'spend' | 'ahead',
  { x, step, top }: { readonly x: number; readonly step: number; readonly top: number },
): string {
  const y = (value: number): number => HEIGHT - (Math.max(0, value) / top) * HEIGHT;
  const width = step * 0.8;
  const bar = `<rect class="${kind}" x="${x.toFixed(2)}" y="${y(size).toFixed(2)}" width="${width.toFixed(2)}" height="${(HEIGHT - y(size)).toFixed(2)}"><title>${html(title)}</title></rect>`;
  if (low === undefined || high === undefined) return bar;
  const height = Math.max(1.5, y(low) - y(high));
  return `${bar}<rect class="whisker" x="${(x + width / 2 - 0.75).toFixed(2)}" y="${y(high).toFixed(2)}" width="1.5" height="${height.toFixed(2)}"/>`;
}

function daysAhead({ figures }: Claim): Day[] {
  const named = (kind: string): ReadonlyMap<string, Figure> =>
    new Map(
      figures
        .filter(({ name }) => name.startsWith(`${kind}.`))
        .map((figure) => [figure.name.slice(kind.length + 1), figure]),
    );
  const [lows, highs] = [named('low'), named('high')];
  return [...named('expected')].map(([date, figure]) => {
    const [low, high] = [lows.get(date), highs.get(date)];
    const bounds = low === undefined || high === undefined ? {} : { low: Number(low.value), high: Number(high.value) };
    const range = low === undefined || high === undefined ? '' : `, ${low.value} to ${high.value}`;
    return { date, size: Number(figure.value), title: `${date}: ${shownFigure(figure)} expected${range}`, ...bounds };
  });
}

function pastDays(spent: Claim | undefined): Day[] {
  const days = spent?.figures.filter(({ name }) => name.startsWith('day.')) ?? [];
  return days.map((figure) => {
    const date = figure.name.slice('day.'.length);
    return { date, size: Number(figure.value), title: `${date}: ${shownFigure(figure)}` };
  });
}
