import { html } from '../text-safety.ts';

/** A value to draw and what it says when pointed at. Numbers here are for pixels only. */
export interface Bar {
  readonly size: number;
  readonly title: string;
  readonly kind: 'spend' | 'ahead';
}

/** One bar that fills its cell by its share of `largest`; the text stands beside it, so it stays readable at any width. */
export function shareBar(size: number, largest: number): string {
  const width = largest > 0 ? Math.max(0, (size / largest) * 1000) : 0;
  return `<svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="1000" height="10"/><rect class="spend" width="${width.toFixed(1)}" height="10"/></svg>`;
}

/** Columns side by side from a common zero line; negative ones hang below it. */
export function columnChart(bars: readonly Bar[], label: string): string {
  const top = Math.max(0, ...bars.map((bar) => bar.size));
  const span = top - Math.min(0, ...bars.map((bar) => bar.size)) || 1;
  const step = 1000 / Math.max(1, bars.length);
  const gap = Math.min(step * 0.2, 4);
  const zero = (top / span) * HEIGHT;
  const columns = bars.map(({ size, title, kind }, at) => {
    const height = (Math.abs(size) / span) * HEIGHT;
    const y = size < 0 ? zero : zero - height;
    return `<rect class="${kind}" x="${(at * step).toFixed(2)}" y="${y.toFixed(2)}" width="${(step - gap).toFixed(2)}" height="${height.toFixed(2)}"><title>${html(title)}</title></rect>`;
  });
  return [
    `<svg viewBox="0 0 1000 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${html(label)}">`,
    `<rect class="line" x="0" y="${(zero - 0.5).toFixed(2)}" width="1000" height="1"/>`,
    ...columns,
    '</svg>',
  ].join('');
}

const HEIGHT = 300;

/** What a month has cost and is expected to cost on one scale, with the interval as a whisker and the budget as a line. */
export interface Month {
  readonly spent: number;
  readonly expected: number;
  readonly low?: number;
  readonly high?: number;
  readonly budget?: number;
}

/** A bar of the month: spent, still to come, the interval of its end, the budget. */
export function monthGauge(month: Month, label: string): string {
  const largest = Math.max(month.spent, month.expected, month.high ?? 0, month.budget ?? 0) * 1.04 || 1;
  const x = (value: number): string => ((Math.max(0, value) / largest) * 1000).toFixed(1);
  const { low, high, budget } = month;
  const whisker =
    low === undefined || high === undefined
      ? ''
      : `<rect class="whisker" x="${x(low)}" y="27" width="${(Number(x(high)) - Number(x(low))).toFixed(1)}" height="2"/><rect class="whisker" x="${x(low)}" y="23" width="1.5" height="10"/><rect class="whisker" x="${x(high)}" y="23" width="1.5" height="10"/>`;
  const limit = budget === undefined ? '' : `<rect class="limit" x="${x(budget)}" y="0" width="3" height="40"/>`;
  return [
    `<svg class="gauge" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" aria-label="${html(label)}">`,
    '<rect class="ground" y="6" width="1000" height="14"/>',
    `<rect class="ahead" y="6" width="${x(month.expected)}" height="14"/><rect class="spend" y="6" width="${x(month.spent)}" height="14"/>`,
    whisker,
    limit,
    '</svg>',
  ].join('');
}
