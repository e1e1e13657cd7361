import { DAYS, isWeekend, type Leaf, type QuietService } from './quiet-service.ts';
import type { Seeded } from './seeded.ts';

/** What can happen to a service. */
export type EventKind = 'spike' | 'ramp' | 'step' | 'new service' | 'dropped service' | 'weekday shift';

/** One thing that happened: where, from which day to which (0-based, both included), and how much a day at its full size. */
export interface InjectedEvent {
  readonly kind: EventKind;
  readonly service: string;
  /** Where all of it happened; absent for a whole service. */
  readonly leaf?: Omit<Leaf, 'daily' | 'service'>;
  readonly first: number;
  readonly last: number;
  readonly usdADay: number;
  /** `usdADay` in daily MADs of the service; negative as it is when cost falls. */
  readonly mads: number;
}

/** Smallest and largest event, in daily MADs of its service, and the smallest in USD a day. */
const SIZE = { fromMads: 3, toMads: 40, fromUsd: 5 } as const;

/** When an event may begin: after two months, and a month before the bill ends. */
const BEGINS = { from: 60, to: DAYS - 30 } as const;

/** Makes something happen to a service, in place. */
export function inject(kind: EventKind, quiet: QuietService, random: Seeded): InjectedEvent {
  const first = random.whole(BEGINS.from, BEGINS.to);
  const service = quiet.leaves[0]?.service ?? '';
  if (kind === 'new service') return { kind, service, ...appear(quiet, first) };
  if (kind === 'dropped service') return { kind, service, ...drop(quiet, first) };
  const leaf = quiet.leaves[random.whole(0, quiet.leaves.length - 1)];
  if (leaf === undefined) throw new RangeError('expected a service with a leaf, got none');
  const usdADay = sizeAt(leaf.daily[first] ?? 0, { kind, quiet, random });
  const shape = SHAPES[kind](first, random);
  for (let day = first; day <= shape.last; day += 1) {
    leaf.daily[day] = Math.max(0, (leaf.daily[day] ?? 0) + usdADay * shape.share(day));
  }
  const { account, region, usageType } = leaf;
  const where = { leaf: { account, region, usageType } };
  return {
    kind,
    service,
    ...where,
    first: shape.first ?? first,
    last: shape.last,
    usdADay,
    mads: usdADay / quiet.dailyMad,
  };
}

/** How much a day changes at its full size; a step may be one down where a day has room for it. */
function sizeAt(
  usd: number,
  { kind, quiet, random }: { readonly kind: EventKind; readonly quiet: QuietService; readonly random: Seeded },
): number {
  const size = Math.max(SIZE.fromUsd, random.logBetween(SIZE.fromMads, SIZE.toMads) * quiet.dailyMad);
  const falls = kind === 'step' && random.whole(0, 2) === 0 && usd > size * 1.5;
  return falls ? -size : size;
}

interface Shape {
  /** The first day it can be seen, when that is not the first one. */
  readonly first?: number;
  readonly last: number;
  /** The part of its size that a day has. */
  readonly share: (day: number) => number;
}

type Shaped = Exclude<EventKind, 'new service' | 'dropped service'>;

const SHAPES: Record<Shaped, (first: number, random: Seeded) => Shape> = {
  /** One to three days. */
  spike: (first, random) => ({ last: first + random.whole(0, 2), share: () => 1 }),
  /** Grows for one to three weeks, then stays. */
  ramp: (first, random) => {
    const length = random.whole(7, 21);
    return { last: DAYS - 1, share: (day) => Math.min(1, (day - first + 1) / length) };
  },
  step: () => ({ last: DAYS - 1, share: () => 1 }),
  /** Weekends cost more from now on. */
  'weekday shift': (first) => {
    const weekend = [0, 1, 2, 3, 4, 5, 6].map((days) => first + days).find(isWeekend) ?? first;
    return { first: weekend, last: DAYS - 1, share: (day) => (isWeekend(day) ? 1 : 0) };
  },
};

type Span = Pick<InjectedEvent, 'first' | 'last' | 'usdADay' | 'mads'>;

function appear({ leaves, dailyMad }: QuietService, first: number): Span {
  for (const leaf of leaves) leaf.daily.fill(0, 0, first);
  return { first, last: DAYS - 1, ...sizeOf(leaves, first, dailyMad) };
}

function drop({ leaves, dailyMad }: QuietService, first: number): Span {
  const size = sizeOf(leaves, first, dailyMad);
  for (const leaf of leaves) leaf.daily.fill(0, first);
  return { first, last: DAYS - 1, usdADay: -size.usdADay, mads: -size.mads };
}

function sizeOf(leaves: readonly Leaf[], day: number, dailyMad: number): Pick<InjectedEvent, 'usdADay' | 'mads'> {
  const usdADay = leaves.reduce((sum, leaf) => sum + (leaf.daily[day] ?? 0), 0);
  return { usdADay, mads: usdADay / dailyMad };
}
