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
import { everyAnswer, isLinked, type LinkTable, linkTable } from './links.ts';

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
  const all = withAccounts(entries).sort(byPlace);
  const known = all.filter((entry) => entry.kind !== 'tags');
  const tagged = Map.groupBy(
    all.filter((entry) => entry.kind === 'tags'),
    keyOf,
  );
  const resources = groupResources(known);
  const links = linkTable(known);
  const costOf = costIndex(costs).of;
  return {
    resources: (types) => resources.filter(({ resource }) => types.has(resource.type)),
    subject: (one, reads) => {
      const tags = tagged.get(resourceKey(one.resource));
      const places = subjectOf(one, linked(one, links), reads, costOf(one.resource));
      return tags === undefined ? places : { ...places, tags: placesOf(tags) };
    },
  };
}

function withAccounts(entries: readonly IndexEntry[]): IndexEntry[] {
  const accounts = new Set(entries.map((entry) => entry.account).filter((account) => account !== 'unknown'));
  const [only] = accounts;
  if (accounts.size !== 1 || only === undefined) return [...entries];
  return entries.map((entry) => (entry.account === 'unknown' ? { ...entry, account: only } : entry));
}

const keyOf = (entry: IndexEntry): string => {
  const resource = refOf(entry);
  return resource === undefined ? '' : resourceKey(resource);
};

function groupResources(entries: readonly IndexEntry[]): InventoryResource[] {
  const groups = new Map<string, { resource: ResourceRef; entries: IndexEntry[] }>();
  for (const entry of entries) {
    const resource = refOf(entry);
    if (resource === undefined) continue;
    const key = resourceKey(resource);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { resource, entries: [entry] });
    else group.entries.push(entry);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The resource an entry describes; `undefined` for a metric series. */
function refOf({ type, account, region, id, name }: IndexEntry): ResourceRef | undefined {
  if (type === 'Series') return undefined;
  return { account, region, type, id, ...(name === undefined ? {} : { name }) };
}

function linked(one: InventoryResource, links: LinkTable): IndexEntry[] {
  const { region, id } = one.resource;
  const names = [id, ...measuredAs(id)];
  const refs = new Set(one.entries.flatMap((entry) => entry.refs));
  const pointedTo = [...refs].flatMap((ref) =>
    (links.byId.get(`${region}|${ref}`) ?? []).filter((entry) => isLinked(one.resource, entry, ref, links)),
  );
  const regions = region === 'global' ? links.regions : [region, ANY_REGION];
  const pointing = regions.flatMap((where) =>
    names.flatMap((name) =>
      (links.byRef.get(`${where}|${name}`) ?? []).filter((entry) => isLinked(entry, one.resource, name, links)),
    ),
  );
  const answers = [...pointedTo, ...pointing].flatMap((entry) => everyAnswer(entry, links));
  return [...new Set(answers)].sort(byPlace);
}

/** What CloudWatch calls a load balancer or an ECS service in its dimensions: the end of its ARN. Names repeat; the rule compares all dimensions. */
function measuredAs(id: string): string[] {
  const [, balancer] = id.split(':loadbalancer/');
  if (balancer !== undefined) return [balancer];
  return /^arn:[^:]*:ecs:.*:service\//.test(id) ? [id.split('/').at(-1) ?? id] : [];
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
      .map(([version, members]) => ({ version, places: placesOf(members) })),
    related: linkedEntries.flatMap((entry) => {
      const resource = refOf(entry);
      const isRead = resource !== undefined && reads.has(resource.type);
      return isRead ? [{ type: resource.type, resource, place: placeOf(entry) }] : [];
    }),
    series: placesOf(linkedEntries.filter((entry) => entry.kind === 'series')),
    ...(costs === undefined ? {} : { costs }),
  };
}

/** The distinct places of sorted entries: a file that was given twice says what it says once. */
function placesOf(entries: readonly IndexEntry[]): Place[] {
  return [...new Map(entries.map((entry) => [`${entry.evidence}${entry.pointer}`, placeOf(entry)])).values()];
}

function placeOf(entry: IndexEntry): Place {
  return { evidence: entry.evidence, media_type: entry.media_type, pointer: entry.pointer };
}

function byPlace(a: IndexEntry, b: IndexEntry): number {
  const left = nameOf(a);
  const right = nameOf(b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const nameOf = ({ region, type, id, account, evidence, pointer }: IndexEntry): string =>
  `${region}|${type}|${id}|${account}|${evidence}|${pointer}`;
