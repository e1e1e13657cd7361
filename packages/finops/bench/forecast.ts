import { COST_SERIES, scoreForecasts, seededChance } from '../src/testing/index.ts';

/* Forecast quality: how often the 30-day interval held the truth, and the error beside seasonal-naive, by kind of series and length of history. */

const SEEDS = [20_261_120, 20_261_121];
const DAYS = 420;

console.log('30-day totals: from histories of 49 days and more, an origin every 12 days');
console.log('series                     origins  in 80 %  in 95 %  half width  MASE of totals  methods');
const all = Object.entries(COST_SERIES).map(([name, make]) => {
  const scores = SEEDS.map((seed) =>
    scoreForecasts(make(seededChance(seed + name.length), DAYS), { first: 49, step: 12 }),
  );
  const sum = (of: (one: (typeof scores)[number]) => number): number =>
    scores.reduce((total, one) => total + of(one), 0);
  const score = {
    origins: sum((one) => one.origins),
    bounded: sum((one) => one.bounded),
    within80: sum((one) => one.within80),
    within95: sum((one) => one.within95),
    error: sum((one) => one.error),
    naiveError: sum((one) => one.naiveError),
    width: sum((one) => one.halfWidthPercent) / scores.length,
  };
  const methods = scores.map((one) => JSON.stringify(one.methods)).join(' ');
  console.log(
    [
      name.padEnd(26),
      String(score.origins).padStart(7),
      percent(score.within80, score.bounded),
      percent(score.within95, score.bounded),
      `${score.width.toFixed(1)} %`.padStart(11),
      (score.error / score.naiveError).toFixed(2).padStart(12),
      `           ${methods}`,
    ].join(' '),
  );
  return score;
});
const whole = (of: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + of(one), 0);
const better = all.filter((one) => one.error < one.naiveError).length;
console.log(
  `all: ${whole((one) => one.origins)} origins of ${all.length} series x ${SEEDS.length} seeds; ` +
    `in 80 %: ${percent(
      whole((one) => one.within80),
      whole((one) => one.bounded),
    ).trim()} (bar: 70 to 90), ` +
    `in 95 %: ${percent(
      whole((one) => one.within95),
      whole((one) => one.bounded),
    ).trim()}; ` +
    `nearer than seasonal-naive on ${better} of ${all.length} (bar: 60 %); ` +
    `MASE of 30-day totals against seasonal-naive, mean of series: ${(whole((one) => one.error / one.naiveError) / all.length).toFixed(2)}`,
);

function percent(part: number, of: number): string {
  return `${((100 * part) / of).toFixed(1)} %`.padStart(8);
}
