import { FAMILIES } from './families.ts';
import { listPrice } from './money.ts';
import type { Planned, Terms, Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { type MachineType, TYPES } from './types.ts';
import { type Work, carries } from './work.ts';

/** Hours of a month of 30.44 days. */
const HOURS = 730.56;

/** What a Savings Plan hour costs, as a share of the list price. */
export const PLAN_RATE = 0.72;

/** What decides the truth about a running machine. */
export interface Running {
  readonly region: string;
  readonly bought: MachineType;
  readonly work: Work;
  /** Whether its memory is measured. */
  readonly hasAgent: boolean;
  readonly terms: Terms;
  /** Share of its hours that a Savings Plan pays. */
  readonly covered: number;
  readonly isUnused: boolean;
  readonly isWindows: boolean;
  readonly isX86Only: boolean;
}

/** What is true about a machine, with the dollars of plans that nobody can choose without measuring its memory. */
export type MachineTruth = Pick<Planned, 'waste' | 'best' | 'rebuilt' | 'unmeasured' | 'mayBecome'>;

/** Which kinds of waste a running machine is, and what the best plan saves: off, or the cheapest type that does its work. */
export function machineTruth(one: Running): MachineTruth {
  const { successor, arm } = likeFor(one);
  const smaller = smallerTruth(one);
  const waste: Partial<Record<WasteKind, Truth>> = {
    ...(one.isUnused ? { 'machine nobody uses': saved(one, 0) } : {}),
    ...(smaller === undefined ? {} : { 'machine larger than its work': smaller }),
    ...(successor === undefined ? {} : { 'machine of an old type': saved(one, priceOf(one, successor)) }),
    ...(arm === undefined ? {} : { 'machine on x86 that runs on arm': saved(one, priceOf(one, arm)) }),
  };
  return { waste, ...bestPlan(one, smaller), mayBecome: (name) => mayBecome(one, name) };
}

/** Whether its work would be done there, by one opinion at least. */
function mayBecome(one: Running, name: string): boolean {
  const type = TYPES.get(name);
  return type !== undefined && runsOn(one, type) && carries(one.work, type, one.bought) !== 'no';
}

/** What its software runs on: an image for arm runs on arm, Windows and x86 software on x86. */
const runsOn = (one: Running, type: MachineType): boolean =>
  type.isArm === one.bought.isArm || (type.isArm && !one.isWindows && !one.isX86Only);

/** Types AWS sells for new machines, and the sizes of the family it has, at what they cost an hour where every price is known. */
function plansOf(one: Running): readonly { readonly type: MachineType; readonly usd: number }[] {
  const own = one.bought.name.slice(0, one.bought.name.indexOf('.') + 1);
  return BY_PRICE.filter(({ type }) => (type.isCurrent || type.name.startsWith(own)) && runsOn(one, type));
}

const homePrice = (name: string): number => listPrice(`ec2/us-east-1/linux/${name}`) ?? Infinity;

const BY_PRICE = [...TYPES.values()]
  .map((type) => ({ type, usd: homePrice(type.name) }))
  .toSorted((a, b) => a.usd - b.usd);

/** The cheapest type below a price: of those that surely do the work, and of all that may. */
function cheapest(one: Running, isPlan: (type: MachineType) => boolean): { surely?: string; perhaps?: string } {
  const { bought } = one;
  let [surely, perhaps]: [string | undefined, string | undefined] = [undefined, undefined];
  for (const { type, usd } of plansOf(one)) {
    if (usd >= homePrice(bought.name)) break;
    if (!isPlan(type)) continue;
    const answer = carries(one.work, type, bought);
    if (answer !== 'no') perhaps ??= type.name;
    if (answer === 'surely') surely ??= type.name;
    if (surely !== undefined) break;
  }
  return { ...(surely === undefined ? {} : { surely }), ...(perhaps === undefined ? {} : { perhaps }) };
}

/** Less of something. */
const isSmaller = (type: MachineType, bought: MachineType): boolean =>
  type.vcpus < bought.vcpus || type.gib < bought.gib || (type.isBurstable && !bought.isBurstable);

/** Memory that nobody measured stays as large in any plan a person can defend. */
const isDefensible = ({ hasAgent }: Running, type: MachineType, bought: MachineType): boolean =>
  hasAgent || type.gib >= bought.gib;

/** Smaller with the processor its software is built for; a rebuild for arm is counted here only where nothing else is smaller. */
function smallerTruth(one: Running): Truth | undefined {
  const own = smallerAmong(one, (type) => type.isArm === one.bought.isArm);
  return own ?? smallerAmong(one, () => true);
}

function smallerAmong(one: Running, isBuiltFor: (type: MachineType) => boolean): Truth | undefined {
  const { bought } = one;
  const isPlan = (type: MachineType): boolean => isSmaller(type, bought) && isBuiltFor(type);
  const { surely, perhaps } = cheapest(one, isPlan);
  if (surely === undefined) return perhaps === undefined ? undefined : 'unclear';
  if (one.isWindows || one.region !== 'us-east-1') return 'unpriced';
  const plan = cheapest(one, (type) => isPlan(type) && isDefensible(one, type, bought));
  const isAgreed = plan.surely !== undefined && isSamePrice(plan);
  return isAgreed ? saved(one, homePrice(plan.surely ?? '')) : 'advice';
}

/**
 * The best plan of one change: off, the cheapest type for software as it is, or a newer or arm type of the same size; and what
 * a rebuild for arm and a smaller size together, or measured memory, would save on top.
 */
function bestPlan(one: Running, smaller: Truth | undefined): Pick<Planned, 'best' | 'rebuilt' | 'unmeasured'> {
  if (one.isUnused) return dollars(saved(one, 0));
  if (one.region !== 'us-east-1' || one.isWindows) return {};
  if (smaller !== undefined && typeof smaller !== 'number') return {};
  const { bought } = one;
  const isOwn = (type: MachineType): boolean => type.isArm === bought.isArm && isDefensible(one, type, bought);
  const own = cheapest(one, isOwn);
  if (own.perhaps !== undefined && !isSamePrice(own)) return {};
  const { successor, arm } = likeFor(one);
  const like = [successor, arm].map((family) => usdOf(saved(one, priceOf(one, family))));
  const best = Math.max(usdOf(smaller ?? 0), usdOf(savedBy(one, own.surely)), ...like);
  const rebuilt = usdOf(savedBy(one, cheapest(one, (type) => isDefensible(one, type, bought)).surely));
  const measured = usdOf(savedBy(one, cheapest(one, () => true).surely));
  return { best, rebuilt: Math.max(0, rebuilt - best), unmeasured: Math.max(0, measured - Math.max(best, rebuilt)) };
}

const savedBy = (one: Running, name: string | undefined): Truth =>
  name === undefined ? 0 : saved(one, homePrice(name));

const usdOf = (truth: Truth): number => (typeof truth === 'number' ? truth : 0);

const isSamePrice = ({ surely, perhaps }: { surely?: string; perhaps?: string }): boolean =>
  surely !== undefined && homePrice(surely) === homePrice(perhaps ?? surely);

const dollars = (truth: Truth): Pick<Planned, 'best'> => (typeof truth === 'number' ? { best: truth } : {});

/** Families that are as large at every size. */
function likeFor({ bought, isWindows, isX86Only }: Running): {
  successor: string | undefined;
  arm: string | undefined;
} {
  const { successor, arm } = FAMILIES[bought.name.slice(0, bought.name.indexOf('.'))] ?? {};
  return { successor, arm: isWindows || isX86Only ? undefined : arm };
}

/** Our table has Linux prices only. */
const priceOf = ({ region, isWindows, bought }: Running, family?: string): number | undefined => {
  const size = bought.name.slice(bought.name.indexOf('.') + 1);
  const name = family === undefined ? bought.name : `${family}.${size}`;
  return isWindows ? undefined : listPrice(`ec2/${region}/linux/${name}`);
};

/** USD a month on the bill between the price paid and another one: covered hours at the plan's price, the others discounted. */
function saved(one: Running, other: number | undefined): Truth {
  const now = priceOf(one);
  if (now === undefined || other === undefined) return 'unpriced';
  return (now - other) * HOURS * (one.covered * PLAN_RATE + (1 - one.covered) * (1 - one.terms.discount));
}
