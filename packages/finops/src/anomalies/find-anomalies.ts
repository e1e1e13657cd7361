import type { LineFilter } from '../bill/bill-sums.ts';
import { type CostNode, pathKey } from './cost-tree.ts';
import type { DetectorSettings } from './detector-settings.ts';
import { baselineBefore, findEvents, leastDeviation, type SeriesEvent } from './find-events.ts';

/** Something that happened to a bill: once, at the deepest place that explains it. */
export interface Anomaly {
  readonly path: LineFilter;
  /** First and last day, since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly direction: 'up' | 'down';
  readonly score: number;
  /** Of the place named, over its days. */
  readonly actual: number;
  readonly expected: number;
  readonly stays: boolean;
  readonly open: boolean;
}

/** A place explains an event when at least this share of the impact is its own. Source: the issue's own bar, 80 %. */
const EXPLAINS = 0.8;

/**
 * One alert an event: what stands out in a service, then what only shows further down, because moves cancel out above.
 *
 * An event is reported at the deepest place of the tree that explains 80 % of its impact. Below a place with an event, the same
 * days moving the same way are the same event; moving the other way they are another one.
 */
export function findAnomalies(roots: readonly CostNode[], settings: DetectorSettings): Anomaly[] {
  return roots
    .flatMap((root) => anomaliesBelow({ root, node: root, above: [], settings }))
    .sort((a, b) => a.first - b.first || (pathKey(a.path) < pathKey(b.path) ? -1 : 1));
}

interface Search {
  readonly root: CostNode;
  readonly node: CostNode;
  /** What was told of the places above. */
  readonly above: readonly SeriesEvent[];
  readonly settings: DetectorSettings;
}

function anomaliesBelow({ root, node, above, settings }: Search): Anomaly[] {
  if (!canStandOut(root, node, settings)) return [];
  const own = findEvents(node.series, settings).filter(
    (event) => !above.some((other) => isSame(event, other)) && (node === root || isLargeIn(root, event, settings)),
  );
  const told = own.map((event) => deepest(node, event, settings));
  const below = { root, above: [...above, ...own], settings };
  return [...told, ...node.children.flatMap((child) => anomaliesBelow({ ...below, node: child }))];
}

/** Whether a move in one place would stand out in its service if nothing else moved. */
function isLargeIn({ series }: CostNode, { first, distance }: SeriesEvent, settings: DetectorSettings): boolean {
  return distance >= settings.partThreshold * baselineBefore(series, first, settings).deviation;
}

/** Nothing can stand out whose every day is less than the smallest deviation that does, of its own or of its service. */
function canStandOut(root: CostNode, node: CostNode, settings: DetectorSettings): boolean {
  const largest = node.series.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = settings.scoreThreshold * settings.deviationFloor;
  return (
    largest >= least && (node === root || largest >= settings.partThreshold * leastDeviation(root.series, settings))
  );
}

const isSame = (a: SeriesEvent, b: SeriesEvent): boolean =>
  a.direction === b.direction && a.first <= b.last && b.first <= a.last;

function deepest(node: CostNode, event: SeriesEvent, settings: DetectorSettings): Anomaly {
  const impact = event.actual - event.expected;
  let [found, part] = [node, sumsOf(node, event, settings)];
  for (;;) {
    const children = found.children.map((child) => ({ child, sums: sumsOf(child, event, settings) }));
    const one = children.find(({ sums }) => (sums.actual - sums.expected) / impact >= EXPLAINS);
    if (one === undefined) break;
    [found, part] = [one.child, one.sums];
  }
  const { first, last, direction, score, stays, open } = event;
  return { path: found.path, first, last, direction, score, stays, open, ...part };
}

/** What a place cost over the days of an event, and was expected to. */
function sumsOf(
  { series }: CostNode,
  { first, last }: SeriesEvent,
  settings: DetectorSettings,
): Pick<Anomaly, 'actual' | 'expected'> {
  const { expected } = baselineBefore(series, first, settings);
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return {
    actual: days.reduce((sum, day) => sum + (series.values[day - series.firstDay] ?? 0), 0),
    expected: days.reduce((sum, day) => sum + expected(day), 0),
  };
}
