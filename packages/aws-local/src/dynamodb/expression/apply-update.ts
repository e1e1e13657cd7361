import { type AttributeType, type AttributeValue, type Item, setMembers, typeOf } from '../attribute-value.ts';
import { validation } from '../faults.ts';
import { addNumbers } from '../number.ts';
import type { Bindings } from './bindings.ts';
import { type Keys, requireDisjoint, withValue, withoutValue } from './document.ts';
import type { Update, UpdateValue } from './syntax.ts';

/** An item after an update, and the attributes whose values the update names. */
export interface Updated {
  readonly item: Item;
  readonly touched: readonly string[];
}

/** Applies an update: every value is computed from the item as it was before. @throws AwsFault `ValidationException`. */
export function applyUpdate(update: Update, item: Item, bindings: Bindings): Updated {
  const puts: { keys: Keys; value: AttributeValue }[] = [];
  const removals: Keys[] = update.remove.map((path) => bindings.keys(path));
  for (const { path, value } of update.set) {
    puts.push({ keys: bindings.keys(path), value: computed(value, item, bindings) });
  }
  for (const { path, value } of update.add) {
    puts.push({ keys: bindings.keys(path), value: added(bindings.at(item, path), bindings.value(value)) });
  }
  for (const { path, value } of update.delete) {
    const rest = reduced(bindings.at(item, path), bindings.value(value));
    if (rest === 'absent') continue;
    if (rest === 'empty') removals.push(bindings.keys(path));
    else puts.push({ keys: bindings.keys(path), value: rest });
  }
  const all = [update.set, update.add, update.delete].flat().map(({ path }) => bindings.keys(path));
  requireDisjoint([...all, ...update.remove.map((path) => bindings.keys(path))]);
  const touched = [...all, ...removals].map((keys) => String(keys[0]));
  return { item: applied(item, puts, removals), touched: [...new Set(touched)] };
}

/** List elements are removed last and from the end, so that every index means what it meant before. */
function applied(item: Item, puts: readonly { keys: Keys; value: AttributeValue }[], removals: readonly Keys[]): Item {
  let result = item;
  const flat = puts.flatMap(({ keys: [name, ...rest], value }) =>
    typeof name === 'string' && rest.length === 0 ? [[name, value] as const] : [],
  );
  if (flat.length === puts.length) result = { ...item, ...Object.fromEntries(flat) };
  else for (const { keys, value } of puts) result = withValue(result, keys, value);
  for (const keys of removals.toSorted((left, right) => lastIndex(right) - lastIndex(left))) {
    result = withoutValue(result, keys);
  }
  return result;
}

function lastIndex(keys: Keys): number {
  const last = keys.at(-1);
  return typeof last === 'number' ? last : -1;
}

function computed(value: UpdateValue, item: Item, bindings: Bindings): AttributeValue {
  if (value.kind === 'value') return bindings.value(value.name);
  if (value.kind === 'path') return required(bindings.at(item, value));
  if (value.kind === 'if_not_exists') {
    return bindings.at(item, value.path) ?? computed(value.otherwise, item, bindings);
  }
  const left = computed(value.left, item, bindings);
  const right = computed(value.right, item, bindings);
  if (value.kind === 'list_append') return { L: [...ofType(left.L), ...ofType(right.L)] };
  return { N: addNumbers(ofType(left.N), ofType(right.N), value.kind === 'plus' ? 1 : -1) };
}

function required(value: AttributeValue | undefined): AttributeValue {
  if (value !== undefined) return value;
  throw validation('The provided expression refers to an attribute that does not exist in the item');
}

function ofType<Member>(member: Member | undefined): Member {
  if (member === undefined) throw wrongType();
  return member;
}

/** ADD: a number to a number or to nothing, members to a set or to nothing. */
function added(present: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  const type = typeOf(value);
  const members = setMembers(value);
  if (type !== 'N' && members === undefined) throw wrongOperand('ADD', type);
  if (present === undefined) return value;
  if (typeOf(present) !== type) throw wrongType();
  if (members === undefined) return { N: addNumbers(present.N ?? '0', value.N ?? '0', 1) };
  return { [type]: [...new Set([...(setMembers(present) ?? []), ...members])] };
}

/** DELETE: a set without these members. */
function reduced(present: AttributeValue | undefined, value: AttributeValue): AttributeValue | 'absent' | 'empty' {
  const type = typeOf(value);
  const members = setMembers(value);
  if (members === undefined) throw wrongOperand('DELETE', type);
  if (present === undefined) return 'absent';
  if (typeOf(present) !== type) throw wrongType();
  const rest = setMembers(present)?.filter((member) => !members.includes(member)) ?? [];
  return rest.length === 0 ? 'empty' : { [type]: rest };
}

function wrongType(): Error {
  return validation('An operand in the update expression has an incorrect data type');
}

function wrongOperand(operator: string, type: AttributeType): Error {
  return validation(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ${operator}, operand type: ${type}`,
  );
}
