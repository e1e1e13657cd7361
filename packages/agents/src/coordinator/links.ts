import type { IndexEntry } from '@infrafabric/finops';

/** By region and id: the entries of that id, and the entries that point to it. */
export interface LinkTable {
  readonly byId: ReadonlyMap<string, readonly IndexEntry[]>;
  readonly byRef: ReadonlyMap<string, readonly IndexEntry[]>;
  /** Every region of an entry: what is global is measured in one region, which it does not say. */
  readonly regions: readonly string[];
}

/** Who has which id, and who points to it. */
export function linkTable(entries: readonly IndexEntry[]): LinkTable {
  const byRef = new Map<string, IndexEntry[]>();
  for (const entry of entries) {
    for (const ref of entry.refs) {
      const key = `${entry.region}|${ref}`;
      const list = byRef.get(key);
      if (list === undefined) byRef.set(key, [entry]);
      else list.push(entry);
    }
  }
  const regions = [...new Set(entries.map((entry) => entry.region))].sort();
  return { byId: Map.groupBy(entries, (entry) => `${entry.region}|${entry.id}`), byRef, regions };
}

/** All answers about a linked resource: the health of a target group does not name the load balancer, the group does. */
export function everyAnswer(entry: IndexEntry, { byId }: LinkTable): readonly IndexEntry[] {
  if (entry.kind !== 'resource') return [entry];
  const same = byId.get(`${entry.region}|${entry.id}`) ?? [];
  return same.filter((one) => one.type === entry.type && one.account === entry.account);
}

/** Something of an account in a region. */
type Placed = Pick<IndexEntry, 'account' | 'region'>;

/** An id that no two accounts have: an ARN, or what EC2 gives out, 8 or 17 hex digits. Source: EC2 user guide, "Resource IDs", read 2026-11-20. */
const UNIQUE_ID = /^(?:arn:.*|[a-z]+-(?:[0-9a-f]{8}|[0-9a-f]{17}))$/s;

/**
 * Whether `from`, which points to an id, means `to`, which has it.
 *
 * An image or a key may be shared across accounts and goes by a unique id. Names repeat across accounts: both sides must be
 * of one account, and where one side does not know its account, the name must belong to at most one account of the region.
 */
export function isLinked(from: Placed, to: Placed, id: string, { byId }: LinkTable): boolean {
  if (from.account === to.account || UNIQUE_ID.test(id)) return true;
  if (from.account !== 'unknown' && to.account !== 'unknown') return false;
  const holders = byId.get(`${to.region}|${id}`) ?? [];
  return new Set(holders.map(({ account }) => account).filter((account) => account !== 'unknown')).size <= 1;
}
