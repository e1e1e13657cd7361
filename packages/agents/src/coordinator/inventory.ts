import {
  type CostFacts,
  costIndex,
  type IndexEntry,
  type Place,
  type ResourceRef,
  type ResourceType,
  type SubjectPlaces,
  resourceKey,
} from '@infrafabric/finops';
import { ANY_REGION } from '../collector/index-estate.ts';

/** One resource of the estate with every place that describes it. */
export interface InventoryResource {
  readonly resource: ResourceRef;
  readonly entries: readonly IndexEntry[];
}

/** The estate as a graph: resources by type, and who points to whom. */
export interface Inventory {
  /** Resources of the given types, sorted by key. */
  readonly resources: (types: ReadonlySet<ResourceType>) => InventoryResource[];
  /** What a judging task needs to know of one resource. */
  readonly subject: (one: InventoryResource, reads: ReadonlySet<ResourceType>) => SubjectPlaces;
}

/** Builds the graph; accounts nobody names are filled in when the estate has exactly one. Order of entries does not matter. */
export function openInventory(entries: readonly IndexEntry[], costs: readonly CostFacts[]): Inventory {
  const known = withAccounts(entries).sort(byPlace);
  const resources = groupResources(known);
  const links = linkTable(known);
  const costOf = costIndex(costs).of;
  return {
    resources: (types) => resources.filter(({ resource }) => types.has(resource.type)),
    subject: (one, reads) => subjectOf(one, linked(one, links), reads, costOf(one.resource)),
  };
}

function withAccounts(entries: readonly IndexEntry[]): IndexEntry[] {
  const accounts = new Set(entries.map((entry) => entry.account).filter((account) => account !== 'unknown'));
  const [only] = accounts;
  if (accounts.size !== 1 || only === undefined) return [...entries];
  return entries.map((entry) => (entry.account === 'unknown' ? { ...entry, account: only } : entry));
}

function groupResources(entries: readonly IndexEntry[]): InventoryResource[] {
  const groups = Map.groupBy(
    entries.filter((entry) => entry.kind === 'resource'),
    (entry) => resourceKey(refOf(entry)),
  );
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => ({ resource: refOf(members[0] as IndexEntry), entries: members }));
}

function refOf(entry: IndexEntry): ResourceRef {
  return {
    account: entry.account,
    region: entry.region,
    type: entry.type as ResourceType,
    id: entry.id,
    ...(entry.name === undefined ? {} : { name: entry.name }),
  };
}

/** By region and id: the entries of that id, and the entries that point to it. */
interface LinkTable {
  readonly byId: ReadonlyMap<string, readonly IndexEntry[]>;
  readonly byRef: ReadonlyMap<string, readonly IndexEntry[]>;
  /** Every region of an entry: what is global is measured in one region, which it does not say. */
  readonly regions: readonly string[];
}

function linkTable(entries: readonly IndexEntry[]): LinkTable {
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

function linked(one: InventoryResource, links: LinkTable): IndexEntry[] {
  const { region, id } = one.resource;
  const pointedTo = one.entries.flatMap((entry) =>
    entry.refs.flatMap((ref) => links.byId.get(`${region}|${ref}`) ?? []),
  );
  const where = region === 'global' ? links.regions : [region, ANY_REGION];
  const pointing = where.flatMap((one) => links.byRef.get(`${one}|${id}`) ?? []);
  return [...new Set([...pointedTo, ...pointing].flatMap((entry) => everyAnswer(entry, links)))].sort(byPlace);
}

/** All answers about a linked resource: the health of a target group does not name the load balancer, the group does. */
function everyAnswer(entry: IndexEntry, { byId }: LinkTable): readonly IndexEntry[] {
  if (entry.kind !== 'resource') return [entry];
  const same = byId.get(`${entry.region}|${entry.id}`) ?? [];
  return same.filter((one) => one.type === entry.type && one.account === entry.account);
}

function subjectOf(
  one: InventoryResource,
  linkedEntries: readonly IndexEntry[],
  reads: ReadonlySet<ResourceType>,
  costs: CostFacts | undefined,
): SubjectPlaces {
  const versions = Map.groupBy(one.entries, (entry) => entry.version);
  return {
    resource: one.resource,
    versions: [...versions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([version, members]) => ({ version, places: members.map(placeOf) })),
    related: linkedEntries
      .filter((entry) => entry.kind === 'resource' && reads.has(entry.type as ResourceType))
      .map((entry) => ({ type: entry.type as ResourceType, resource: refOf(entry), place: placeOf(entry) })),
    series: linkedEntries.filter((entry) => entry.kind === 'series').map(placeOf),
    ...(costs === undefined ? {} : { costs }),
  };
}

function placeOf(entry: IndexEntry): Place {
  return { evidence: entry.evidence, media_type: entry.media_type, pointer: entry.pointer };
}

function byPlace(a: IndexEntry, b: IndexEntry): number {
  const left = `${a.region}|${a.type}|${a.id}|${a.evidence}|${a.pointer}`;
  const right = `${b.region}|${b.type}|${b.id}|${b.evidence}|${b.pointer}`;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
