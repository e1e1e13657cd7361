/** One decision for a fault: its kind, its site, and its place in the order of both: `<kind> @ <site>#<n>`. */
export type DecisionId = string;

/**
 * Randomness by key: the n-th decision of a site depends on the seed, the site and n alone, so that a fault that is left out
 * changes little besides what it caused.
 */
export interface Chance {
  /** Whether a fault happens here; what is suppressed does not, and takes its number all the same. */
  readonly fault: (kind: string, site: string, probability: number) => boolean;
  /** A coin that is no fault: how the world is, not what goes wrong in it. */
  readonly happens: (site: string, probability: number) => boolean;
  /** 0 to 1, 1 excluded. */
  readonly real: (site: string) => number;
  /** A whole number from 0, `below` excluded. */
  readonly int: (site: string, below: number) => number;
  readonly pick: <T>(site: string, values: readonly T[]) => T;
  /** A UUID of a version; the n-th of a site is always the same. */
  readonly uuid: (site: string, version: '4' | '7') => string;
  /** Whether a thing was born with a fault: the same at every look. */
  readonly fated: (kind: string, name: string, probability: number) => boolean;
  /** The faults that happened, in order. */
  readonly injected: readonly DecisionId[];
}

/** Which faults are left out. */
export interface LeftOut {
  readonly suppressed?: ReadonlySet<DecisionId> | undefined;
  /** All others are left out. */
  readonly only?: ReadonlySet<DecisionId> | undefined;
}

/** Opens the randomness of a seed. */
export function openChance(seed: number, { suppressed, only }: LeftOut = {}): Chance {
  const sites = new Map<string, { readonly hash: number; count: number }>();
  const injected: DecisionId[] = [];
  const isLeftOut = (id: DecisionId): boolean => suppressed?.has(id) === true || only?.has(id) === false;
  const next = (site: string): { readonly bits: number; readonly n: number } => {
    let known = sites.get(site);
    if (known === undefined) sites.set(site, (known = { hash: mix(hashOf(site) ^ mix(seed)), count: 0 }));
    known.count += 1;
    return { bits: mix(known.hash + Math.imul(known.count, GOLDEN)), n: known.count };
  };
  const real = (site: string): number => next(site).bits / RANGE;
  const int = (site: string, below: number): number => Math.floor(real(site) * below);
  return {
    injected,
    fated(kind, name, probability) {
      const id = `${kind} @ ${name}`;
      const isFated = mix(hashOf(id) ^ mix(seed)) / RANGE < probability && !isLeftOut(id);
      if (isFated && !injected.includes(id)) injected.push(id);
      return isFated;
    },
    real,
    int,
    happens: (site, probability) => real(site) < probability,
    fault(kind, site, probability) {
      const name = `${kind} @ ${site}`;
      const { bits, n } = next(name);
      if (bits / RANGE >= probability) return false;
      const id = `${name}#${n}`;
      if (isLeftOut(id)) return false;
      injected.push(id);
      return true;
    },
    pick(site, values) {
      const value = values[int(site, values.length)];
      if (value === undefined) throw new RangeError(`expected something to pick from at ${site}`);
      return value;
    },
    uuid(site, version) {
      const hex = Array.from({ length: 4 }, () => next(site).bits.toString(16).padStart(8, '0')).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

/** The kind of a decision. */
export const kindOf = (id: DecisionId): string => id.slice(0, id.indexOf(' @ '));

const RANGE = 2 ** 32;

/** 2^32 divided by the golden ratio, odd (Knuth, The Art of Computer Programming, section 6.4). */
const GOLDEN = 0x9e3779b9;

/** The finalizer of MurmurHash3, 32 bit (Appleby, 2011). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** FNV-1a, 32 bit (draft-eastlake-fnv). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
