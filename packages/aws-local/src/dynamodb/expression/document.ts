import type { AttributeValue, Item } from '../attribute-value.ts';
import { validation } from '../faults.ts';

/** A document path with its names resolved: attribute names and list indexes. */
export type Keys = readonly (string | number)[];

/** The item with `value` at `keys`; only what lies on the way is copied. An index past the end of a list appends. */
export function withValue(item: Item, keys: Keys, value: AttributeValue): Item {
  return changed({ M: item }, keys, () => value).M ?? {};
}

/** The item without what stands at `keys`; what is not there need not be removed. */
export function withoutValue(item: Item, keys: Keys): Item {
  return changed({ M: item }, keys, () => undefined).M ?? {};
}

/** @throws AwsFault `ValidationException` when one path is another or leads through it. */
export function requireDisjoint(paths: readonly Keys[]): void {
  paths.forEach((one, index) => {
    const other = paths.slice(index + 1).find((path) => isPrefix(one, path) || isPrefix(path, one));
    if (other === undefined) return;
    throw validation(
      `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${one.join(', ')}], path two: [${other.join(', ')}]`,
    );
  });
}

/**
 * Takes from items the parts that the paths name, keeping their nesting; a list keeps only the elements named, in order.
 *
 * @throws AwsFault `ValidationException` when one path is another or leads through it.
 */
export function projection(paths: readonly Keys[]): (item: Item) => Item {
  requireDisjoint(paths);
  const names = paths.map(([name, ...rest]) => (rest.length === 0 && typeof name === 'string' ? name : undefined));
  return areAllGiven(names) ? (item) => withNames(item, names) : (item) => selected({ M: item }, paths)?.M ?? {};
}

const areAllGiven = (names: readonly (string | undefined)[]): names is readonly string[] => !names.includes(undefined);

function withNames(item: Item, names: readonly string[]): Item {
  const found: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    if (value !== undefined) found[name] = value;
  }
  return found;
}

type Change = (present: AttributeValue | undefined) => AttributeValue | undefined;

function changed(container: AttributeValue, keys: Keys, change: Change): AttributeValue {
  const [key, ...rest] = keys;
  if (typeof key === 'number' && container.L !== undefined) {
    return { L: changedList(container.L, key, rest, change) };
  }
  if (typeof key !== 'string' || container.M === undefined) throw invalidPath();
  const present = Object.hasOwn(container.M, key) ? container.M[key] : undefined;
  const value = changedAt(present, rest, change);
  if (value !== undefined) return { M: { ...container.M, [key]: value } };
  const { [key]: _, ...others } = container.M;
  return { M: others };
}

function changedList(
  list: readonly AttributeValue[],
  index: number,
  rest: Keys,
  change: Change,
): readonly AttributeValue[] {
  const value = changedAt(list[index], rest, change);
  if (value === undefined) return list.filter((_, at) => at !== index);
  return index < list.length ? list.with(index, value) : [...list, value];
}

function changedAt(present: AttributeValue | undefined, rest: Keys, change: Change): AttributeValue | undefined {
  if (rest.length === 0) return change(present);
  if (present === undefined) throw invalidPath();
  return changed(present, rest, change);
}

function selected(value: AttributeValue, paths: readonly Keys[]): AttributeValue | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  const keys = [...new Set(paths.map(([key]) => key))];
  const inside = (key: string | number): Keys[] =>
    paths.filter(([first]) => first === key).map((path) => path.slice(1));
  if (value.L !== undefined) {
    const list = value.L;
    const indexes = keys.filter((key) => typeof key === 'number').toSorted((left, right) => left - right);
    const found = indexes.map((index) => list[index] && selected(list[index], inside(index)));
    const kept = found.filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : { L: kept };
  }
  const map = value.M ?? {};
  const entries = keys
    .filter((key) => typeof key === 'string')
    .flatMap((name) => {
      const found = Object.hasOwn(map, name) ? selected(map[name] ?? {}, inside(name)) : undefined;
      return found === undefined ? [] : [[name, found] as const];
    });
  return entries.length === 0 ? undefined : { M: Object.fromEntries(entries) };
}

function isPrefix(prefix: Keys, path: Keys): boolean {
  return prefix.length <= path.length && prefix.every((key, index) => key === path[index]);
}

function invalidPath(): Error {
  return validation('The document path provided in the update expression is invalid for update');
}
