import { parseArgs } from 'node:util';
import { printSummary, printViolations } from './print.ts';
import { runSeed } from './run-seed.ts';
import type { Intensity } from './scenario.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

/**
 * `node test/simulation/main.ts [--seeds 1-500] [--workers 2] [--intensity 0|0.3|1|2] [--twice] [--until-violation] [--seconds N]
 * [--json]`: runs the shipped coordinators and workers over faults that a seed decides, and judges the history of each run.
 *
 * `--seed N --trace` prints the history of one seed, a line an entry; `--seed N --shrink` the fewest faults with which it still breaks
 * the same promise, as a file of `regressions/` has them. Exit 1: a promise was broken.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-500' },
    seed: { type: 'string' },
    workers: { type: 'string', default: '1' },
    intensity: { type: 'string' },
    seconds: { type: 'string' },
    twice: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'until-violation': { type: 'boolean', default: false },
  },
});
const [from = 1, to = from] = (values.seed ?? values.seeds).split('-').map(Number);
const intensity = values.intensity === undefined ? undefined : (Number(values.intensity) as Intensity);

if (values.trace) {
  const { history } = await runSeed(from, { intensity });
  for (const entry of history) console.log(JSON.stringify(entry));
} else if (values.shrink) {
  const found = await shrink(from, { intensity });
  console.log(found === undefined ? `seed ${from} breaks nothing` : JSON.stringify(found, null, 2));
  process.exitCode = found === undefined ? 0 : 1;
} else {
  const summary = await simulate({
    seeds: [from, to],
    workers: Number(values.workers),
    intensity,
    seconds: values.seconds === undefined ? undefined : Number(values.seconds),
    twice: values.twice,
    untilViolation: values['until-violation'],
  });
  if (values.json) console.log(JSON.stringify(summary));
  else printSummary(summary);
  if (!values.json) printViolations(summary, intensity);
  process.exitCode = summary.failing.length === 0 ? 0 : 1;
}
