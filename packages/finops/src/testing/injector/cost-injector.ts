import type { CsvTable } from '@infrafabric/protocol';
import { billTableOf, type Credit } from './injected-bill.ts';
import { type EventKind, type InjectedEvent, inject } from './injected-event.ts';
import { type Leaf, quietService } from './quiet-service.ts';
import { seeded } from './seeded.ts';

/** A generated bill and what was done to it. */
export interface InjectedBill {
  readonly table: CsvTable;
  /** What a detector should tell, one alert each. */
  readonly events: readonly InjectedEvent[];
  /** What it should not: money that comes once, at the end of a month. */
  readonly credits: readonly Credit[];
  readonly services: readonly string[];
}

/** Kinds of event that are one alert each. */
const KINDS: readonly EventKind[] = ['spike', 'ramp', 'step', 'new service', 'dropped service', 'weekday shift'];

/** Services of a bill nothing happens to. */
const QUIET = 3;

/**
 * A bill of 180 days and ten services from a seed: six with one event each, one with credits at the ends of its months,
 * three with nothing.
 *
 * Written from what bills do, before and without any detector: its numbers are no thresholds of one.
 */
export function injectedBill(seed: number): InjectedBill {
  const random = seeded(seed);
  const leaves: Leaf[] = [];
  const events = KINDS.map((kind) => {
    const quiet = quietService(`Service ${kind}`, random);
    leaves.push(...quiet.leaves);
    return inject(kind, quiet, random);
  });
  const credited = quietService('Service month-end credit', random);
  const size = random.between(0.5, 3) * (credited.leaves[0]?.daily[0] ?? 0);
  const credits = MONTH_ENDS.map((day): Credit => ({ day, service: 'Service month-end credit', usd: -size }));
  leaves.push(...credited.leaves);
  for (let n = 1; n <= QUIET; n += 1) leaves.push(...quietService(`Service quiet ${n}`, random).leaves);
  const services = [...new Set(leaves.map(({ service }) => service))];
  return { table: billTableOf(leaves, credits), events, credits, services };
}

/** The last days of January to May 2026, counted from 0. */
const MONTH_ENDS = [30, 58, 89, 119, 150];
