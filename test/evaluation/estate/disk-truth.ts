import { byMonth, listPrice } from './money.ts';
import type { Planned, Terms, Truth } from './planned.ts';
import type { WasteKind } from '../truth.ts';
import { type Demand, never } from './workload.ts';

/** What the maker of a disk knows of the machine it belongs to. */
export interface Disk {
  readonly holder?: string;
  /** Chooses the machine once it is known what the work asks. */
  readonly holderFor?: (need: Need) => string;
  readonly holderIs: 'running' | 'stopped for months' | 'stopped for recovery' | 'stopped for the weekend' | 'gone';
  readonly demand: Demand;
  readonly isRoot?: boolean;
}

/** What the work asks of a disk in its busiest hour; it asks the same all hour long. */
export interface Need {
  readonly iops: number;
  readonly mibps: number;
}

/** A disk as it was made. */
export interface Made {
  readonly volume: 'gp2' | 'gp3' | 'io1' | 'io2' | 'standard';
  readonly gib: number;
  readonly iops: number;
  readonly mibps: number;
}

/** IOPS and MiB/s in the price of every gp3 volume. Source: EBS user guide, "General Purpose SSD volumes". */
export const GP3 = { iops: 3000, mibps: 125 };

/** List USD a month; `undefined` = our table has no price. */
export function costOf(region: string, { volume, gib, iops, mibps }: Made): number | undefined {
  const at = `ebs/${region}/${volume}`;
  const storage = times(listPrice(`${at}/gb-month`), gib);
  if (volume === 'gp3') {
    return add(
      storage,
      times(listPrice(`${at}/iops-month`), Math.max(0, iops - GP3.iops)),
      times(listPrice(`${at}/mibps-month`), Math.max(0, mibps - GP3.mibps)),
    );
  }
  return volume === 'io1' || volume === 'io2' ? add(storage, times(listPrice(`${at}/iops-month`), iops)) : storage;
}

const times = (price: number | undefined, quantity: number): number | undefined =>
  price === undefined ? undefined : price * quantity;
const add = (...parts: (number | undefined)[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  );

/** What decides the truth about a disk. */
interface Facts {
  readonly region: string;
  readonly terms: Terms;
  readonly made: Made;
  readonly need: Need;
  readonly cost: number | undefined;
  readonly use: Disk;
  readonly role: string;
  readonly fillShare: number;
}

/** The disk's speed is judged by what its work asks; a disk nobody works with needs none, and that is not scored as a kind of its own. */
export function diskTruth(facts: Facts): Pick<Planned, 'waste' | 'best'> {
  const { terms, role } = facts;
  const [speed, end] = [speedTruth(facts), endTruth(facts)];
  const isAtWork = isWorking(facts);
  const waste = ownTruth(facts, isAtWork);
  if (speed !== undefined) waste[speed.kind] = isAtWork ? byMonth(speed.usd, terms) : 'unclear';
  if (end !== undefined) waste[end.kind] = worth(end, terms);
  if (role === 'detached today') return { waste, best: 0 };
  if (end === undefined && !isAtWork) return { waste };
  const best = worth(end ?? speed ?? { usd: 0 }, terms);
  return typeof best === 'number' ? { waste, best } : { waste };
}

/** What its type or its guarantee alone says. */
function ownTruth(facts: Facts, isAtWork: boolean): Partial<Record<WasteKind, Truth>> {
  if (facts.made.volume === 'standard') return { 'magnetic disk': 'advice' };
  const idle = idleGuarantee(facts);
  if (idle === undefined) return {};
  return { 'disk with more guaranteed speed than asked': isAtWork ? byMonth(idle, facts.terms) : 'unclear' };
}

/** List USD a month of guaranteed operations the work does not ask for, keeping the type. */
function idleGuarantee({ region, made, need }: Facts): number | undefined {
  if ((made.volume !== 'io1' && made.volume !== 'io2') || need.iops > 0.8 * made.iops) return undefined;
  const price = listPrice(`ebs/${region}/${made.volume}/iops-month`);
  return price === undefined ? undefined : price * (made.iops - Math.max(100, need.iops));
}

const isWorking = ({ use }: Facts): boolean =>
  use.holderIs === 'running' && (use.demand !== never || use.isRoot === true);

const worth = ({ usd }: Pick<End, 'usd'>, terms: Terms): Truth => (usd === 'unclear' ? 'unclear' : byMonth(usd, terms));

interface End {
  readonly kind: WasteKind;
  /** List USD a month; `undefined` = our table has no price. */
  readonly usd: number | undefined | 'unclear';
}

/** Whether another kind of disk would do the same work for less. */
function speedTruth({ region, made, need, cost }: Facts): (End & { readonly usd: number | undefined }) | undefined {
  if (made.volume === 'standard') return undefined;
  const asGp3 = costOf(region, {
    volume: 'gp3',
    gib: made.gib,
    iops: Math.max(GP3.iops, need.iops),
    mibps: Math.max(GP3.mibps, need.mibps),
  });
  const usd = cost === undefined || asGp3 === undefined ? undefined : cost - asGp3;
  if (usd !== undefined && usd < 0.005) return undefined;
  if (made.volume === 'gp2') return { kind: 'disk of an old general type', usd };
  if (made.volume !== 'gp3') return { kind: 'disk with guaranteed speed nobody needs', usd };
  // What the work asks for is within a tenth of what is paid for: nobody calls that waste.
  const isClose = need.iops >= 0.9 * made.iops;
  return usd === undefined || isClose ? undefined : { kind: 'disk with speed nobody needs', usd };
}

/** Whether the disk as a whole is waste: nobody uses it, or only its content is still wanted. */
function endTruth({ region, made, cost, use, role, fillShare }: Facts): End | undefined {
  if (role === 'spare') return { kind: 'disk nobody reads or writes', usd: cost };
  if (role === 'left behind') return { kind: 'disk left behind', usd: cost };
  if (role === 'kept for a while') return { kind: 'disk left behind', usd: 'unclear' };
  if (use.holderIs !== 'stopped for months') return undefined;
  const snapshot = times(listPrice(`ebs/${region}/snapshot/gb-month`), made.gib * fillShare);
  return {
    kind: 'disk of a forgotten machine',
    usd: cost === undefined || snapshot === undefined ? undefined : cost - snapshot,
  };
}
