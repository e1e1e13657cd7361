import { FAMILIES, type FamilyName, SIZES, typePrice } from './families.ts';
import type { Planned, Terms, Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';

/** Hours of a month of 30.44 days. */
const HOURS = 730.56;

/** What a Savings Plan hour costs, as a share of the list price. */
export const PLAN_RATE = 0.72;

/**
 * Utilisation after a move between which people disagree: AWS Compute Optimizer's presets keep 0 to 30 % of headroom, and at
 * 95 % and more a queue no longer drains. A move that ends in between is not scored.
 */
const DISPUTED = { from: 0.7, to: 0.95 };

/** What the work takes at its peak, as a share of the machine. */
export interface Need {
  readonly cpu: number;
  readonly memory: number;
  readonly hasAgent: boolean;
}

/** What decides the truth about a running machine. */
export interface Running {
  readonly region: string;
  readonly family: FamilyName;
  readonly size: string;
  readonly need: Need;
  readonly terms: Terms;
  /** Share of its hours that a Savings Plan pays. */
  readonly covered: number;
  readonly isUnused: boolean;
  readonly isWindows: boolean;
  readonly isX86Only: boolean;
}

/** Which kinds of waste a running machine is, and what the best plan saves: off, or the cheapest type that carries its work. */
export function machineTruth(one: Running): Pick<Planned, 'waste' | 'best'> {
  const smaller = fitting(one);
  const { successor, arm } = typesOf(one);
  const waste: Partial<Record<WasteKind, Truth>> = {
    ...(one.isUnused ? { 'machine nobody uses': saved(one, 0) } : {}),
    ...(smaller === undefined
      ? {}
      : {
          'machine larger than its work':
            smaller === 'disputed' ? 'unclear' : saved(one, priceOf(one, one.family, smaller)),
        }),
    ...(successor === undefined ? {} : { 'machine of an old type': saved(one, priceOf(one, successor)) }),
    ...(arm === undefined ? {} : { 'machine on x86 that runs on arm': saved(one, priceOf(one, arm)) }),
  };
  const best = bestPlan(one, smaller);
  return { waste, ...(typeof best === 'number' ? { best } : {}) };
}

function bestPlan(one: Running, smaller: string | undefined): Truth {
  if (one.isUnused) return saved(one, 0);
  if (smaller === 'disputed') return 'unclear';
  const { successor, arm } = typesOf(one);
  const families = [one.family, successor, arm].filter((family) => family !== undefined);
  const prices = families.map((family) => priceOf(one, family, smaller));
  const known = prices.filter((price) => price !== undefined);
  return known.length < prices.length ? 'unpriced' : saved(one, Math.min(...known));
}

/** What its software could run on: a Windows machine and x86 software stay on x86. */
function typesOf({ family, isWindows, isX86Only }: Running): {
  successor: string | undefined;
  arm: string | undefined;
} {
  const { successor, arm } = FAMILIES[family];
  return { successor, arm: isWindows || isX86Only ? undefined : arm };
}

/** Our table has Linux prices only. */
const priceOf = ({ region, isWindows, size }: Running, family: string, at = size): number | undefined =>
  isWindows ? undefined : typePrice(region, family, at);

/** USD a month on the bill between the price paid and another one: covered hours at the plan's price, the others discounted. */
function saved(one: Running, other: number | undefined): Truth {
  const now = priceOf(one, one.family);
  if (now === undefined || other === undefined) return 'unpriced';
  return (now - other) * HOURS * (one.covered * PLAN_RATE + (1 - one.covered) * (1 - one.terms.discount));
}

/** The smallest size that carries the work; 'disputed' when the next smaller one is a matter of taste, `undefined` when none does. */
function fitting({ family, size, need }: Running): string | undefined {
  const most = Math.max(need.cpu, need.memory);
  let found: string | undefined;
  let share = most;
  for (const smaller of SIZES.slice(0, SIZES.indexOf(size)).toReversed()) {
    if (typePrice('us-east-1', family, smaller) === undefined) break;
    share *= 2;
    if (share >= DISPUTED.from) return found ?? (share < DISPUTED.to ? 'disputed' : undefined);
    found = smaller;
  }
  return found;
}
