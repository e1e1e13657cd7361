import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { STREAM_SETTINGS, watchStream } from '../src/anomalies/watch-stream.ts';
import { injectorScores } from '../src/testing/injector/detectors.ts';
import type { DetectorScore } from '../src/testing/injector/detector-score.ts';
import { nabScore, type NabProfile } from '../src/testing/nab/nab-score.ts';
import { pointOverPoint, rollingZScore } from '../src/testing/nab/plain-detectors.ts';

/**
 * `pnpm bench anomalies`: the cost detector and the plain 20 % rule on generated bills with known events, and the two votes beside
 * a rolling z-score and the 20 % rule on nine labelled series of CloudWatch metrics, all three run here on the same nine.
 */
const ROOT = resolve(import.meta.dirname, '../../..');
const DATA = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared', 'data/anomalies');

const SEEDS = Array.from({ length: 25 }, (_, n) => n + 1);
const { detector, plainRule, creditAlerts } = injectorScores(SEEDS);
console.log('Generated bills, 25 seeds, 180 days, 10 services, 150 events of at least 3 daily MADs and 5 USD:');
console.log('| detector | F1 | events found | alerts | false alerts a series in 90 days |');
console.log('|---|---:|---:|---:|---:|');
console.log(row('seasonal baseline and range vote', detector));
console.log(row('20 % day over day', plainRule));
console.log(
  `At the right place in the tree: ${detector.placed} of ${detector.placeable}. Alerts about month-end credits: ${creditAlerts}.`,
);
const small = detector.missed.filter(({ mads }) => Math.abs(mads) < 10).length;
console.log(`Missed: ${detector.missed.length}, ${small} of them below 10 MADs.\n`);
if (existsSync(DATA)) printNab();
else console.log('The nine labelled series are not here (INFRAFABRIC_TEST_DATA); their scores are not printed.');

function row(name: string, { f1, found, events, alerts, falseIn90Days }: DetectorScore): string {
  return `| ${name} | ${f1.toFixed(3)} | ${found} of ${events} | ${alerts} | ${falseIn90Days.toFixed(2)} |`;
}

function printNab(): void {
  const profiles: Record<string, { CostMatrix: NabProfile }> = JSON.parse(
    readFileSync(join(DATA, 'profiles.json'), 'utf8'),
  );
  const series = labelledSeries();
  const { refractoryPoints: refractory } = STREAM_SETTINGS;
  const best = [3, 4, 5, 6, 8].map((threshold) => ({
    threshold,
    raise: (values: readonly number[]) => rollingZScore(values, { points: 1000, threshold, refractory }),
  }));
  const detectors = [
    {
      name: 'range vote and robust baseline, fixed',
      raise: (values: readonly number[]) => watchStream(values, STREAM_SETTINGS),
    },
    ...best.map(({ threshold, raise }) => ({ name: `rolling z-score, 1000 points, threshold ${threshold}`, raise })),
    { name: '20 % point over point', raise: pointOverPoint },
  ];
  console.log(
    `Numenta Anomaly Benchmark, ${series.length} series, 0 = silent, 100 = perfect; the margin of ours was chosen on these nine:`,
  );
  console.log(`| detector | ${Object.keys(profiles).join(' | ')} |`);
  console.log(
    `|---|${Object.keys(profiles)
      .map(() => '---:|')
      .join('')}`,
  );
  for (const { name, raise } of detectors) {
    const raised = series.map(({ values, windows }) => ({ length: values.length, windows, alerts: raise(values) }));
    const scores = Object.values(profiles).map(({ CostMatrix }) => nabScore(raised, CostMatrix).toFixed(1));
    console.log(`| ${name} | ${scores.join(' | ')} |`);
  }
}

function labelledSeries(): { values: number[]; windows: { first: number; last: number }[] }[] {
  const labels: Record<string, [string, string][]> = JSON.parse(readFileSync(join(DATA, 'windows.json'), 'utf8'));
  return readdirSync(join(DATA, 'realAWSCloudwatch')).map((file) => {
    const lines = readFileSync(join(DATA, 'realAWSCloudwatch', file), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const rows = lines.map((line) => line.split(','));
    const times = rows.map(([time = '']) => time);
    const windows = (labels[`realAWSCloudwatch/${file}`] ?? []).map(([from, to]) => ({
      first: times.findIndex((time) => time >= from.slice(0, 19)),
      last: times.findLastIndex((time) => time <= to.slice(0, 19)),
    }));
    return { values: rows.map(([, value]) => Number(value)), windows };
  });
}
