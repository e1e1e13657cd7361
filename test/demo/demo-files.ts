import { balancers } from './balancers.ts';
import { bill } from './bill.ts';
import { buckets } from './buckets.ts';
import { caches } from './caches.ts';
import { clusters } from './clusters.ts';
import { databases } from './databases.ts';
import { functions } from './functions.ts';
import { instances } from './instances.ts';
import { METRICS_END, METRICS_START } from './metrics.ts';
import { network } from './network.ts';
import { logs } from './logs.ts';
import {
  ACCOUNT,
  type Answer,
  type MetricSeries,
  type Part,
  type Planted,
  type PlantedUnknown,
  joined,
} from './sample.ts';
import { search } from './search.ts';
import { snapshots } from './snapshots.ts';
import { storage } from './storage.ts';
import { tables } from './tables.ts';

/** In the order of the lines they put on the bill. */
const PARTS: readonly (() => Part)[] = [
  instances,
  storage,
  snapshots,
  network,
  balancers,
  databases,
  clusters,
  logs,
  search,
  buckets,
  functions,
  tables,
  caches,
];

/** The whole sample as data. */
export const demoSample = (): Part => joined(PARTS.map((part) => part()));

/** Every generated file of `examples/demo`, by its path in that folder; the same bytes every time. */
export function demoFiles(): ReadonlyMap<string, string> {
  const sample = demoSample();
  return new Map([
    ...sample.answers.map(answerFile),
    ...(['us-east-1', 'eu-west-1'] as const).map((region) => metricsFile(region, sample.series)),
    requestsFile(sample.answers),
    ['bill.csv', bill(sample.charges)],
    ['planted.json', listFile(plantedInOrder(sample.planted))],
    ['planted-unknown.json', listFile(sample.unknown.toSorted(byRule))],
  ]);
}

/** As the AWS CLI prints it: four spaces. */
function answerFile(answer: Answer): [string, string] {
  const { region, body } = answer;
  return [`estate/${ACCOUNT}/${region}/${fileName(answer)}`, `${JSON.stringify(body, undefined, 4)}\n`];
}

const fileName = ({ client, operation, part }: Answer): string =>
  [client, operation, ...(part === undefined ? [] : [part]), 'json'].join('.');

/** What was asked for the answers that do not say what they are about. */
function requestsFile(answers: readonly Answer[]): [string, string] {
  const lines = answers.flatMap((answer) => {
    const { client, operation, input } = answer;
    if (input === undefined) return [];
    return JSON.stringify({
      file: `${ACCOUNT}/us-east-1/${fileName(answer)}`,
      client,
      operation,
      input,
      status: 200,
      at: METRICS_END,
    });
  });
  return [`estate/${ACCOUNT}/us-east-1/requests.ndjson`, `${lines.join('\n')}\n`];
}

function metricsFile(region: string, series: readonly MetricSeries[]): [string, string] {
  const lines = series
    .filter((one) => one.region === region)
    .map(({ namespace, metric, dimensions, stat, values }) =>
      JSON.stringify({ namespace, metric, dimensions, stat, period_seconds: 3600, start: METRICS_START, values }),
    );
  return [`estate/${ACCOUNT}/${region}/metrics.ndjson`, `${lines.toSorted().join('\n')}\n`];
}

/** Findings by rule and resource. */
export const plantedInOrder = (planted: readonly Planted[]): Planted[] => planted.toSorted(byRule);

function byRule(a: Planted | PlantedUnknown, b: Planted | PlantedUnknown): number {
  return `${a.rule} ${a.resource}` < `${b.rule} ${b.resource}` ? -1 : 1;
}

/** One entry a line. */
const listFile = (entries: readonly (Planted | PlantedUnknown)[]): string =>
  `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`;
