import { notImplemented } from '../engine/fault.ts';
import { validation } from './faults.ts';
import { canonicalNumber, compareNumbers } from './number.ts';

/** One attribute value as DynamoDB sends it: exactly one member; binary values are base64. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly M?: Item;
  readonly L?: readonly AttributeValue[];
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
}

/** Attributes by name. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** The names of the DynamoDB types. */
const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] as const;

/** The name of a DynamoDB type. */
export type AttributeType = (typeof TYPES)[number];

/** Maps and lists nest at most this deep. Source: DynamoDB quotas (2026-11). */
const MAX_DEPTH = 32;

/** The type of a value that was checked. */
export function typeOf(value: AttributeValue): AttributeType {
  const type = TYPES.find((one) => value[one] !== undefined);
  if (type === undefined) throw emptyValue();
  return type;
}

/**
 * Checks what a client sent and answers it with canonical numbers.
 *
 * @throws AwsFault `ValidationException`.
 */
export function checkedValue(value: unknown, depth = 0): AttributeValue {
  if (depth > MAX_DEPTH) throw validation('Nesting Levels have exceeded supported limits');
  if (typeof value !== 'object' || value === null) throw emptyValue();
  const [entry, ...others] = Object.entries(value);
  const type = TYPES.find((one) => one === entry?.[0]);
  if (type === undefined || others.length > 0) throw emptyValue();
  return CHECKS[type](entry?.[1], depth);
}

/** Checks every attribute of an item. */
export function checkedItem(item: Readonly<Record<string, unknown>>, depth = 0): Item {
  const checked: Record<string, AttributeValue> = {};
  for (const name in item) {
    if (name === '__proto__') throw notImplemented('an attribute named __proto__');
    checked[name] = checkedValue(item[name], depth);
  }
  return checked;
}

/** Bytes an item counts for. Source: DynamoDB developer guide, item sizes and formats (2026-11). */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + valueBytes(item[name] ?? {});
  return bytes;
}

/** Whether two values have the same type and the same content; sets are equal in any order. */
export function equalValues(left: AttributeValue, right: AttributeValue): boolean {
  const type = typeOf(left);
  if (type !== typeOf(right)) return false;
  if (type === 'M') return equalMaps(left.M ?? {}, right.M ?? {});
  if (type === 'L') return equalLists(left.L ?? [], right.L ?? []);
  const [leftSet, rightSet] = [setMembers(left), setMembers(right)];
  if (leftSet === undefined || rightSet === undefined) return left[type] === right[type];
  return leftSet.length === rightSet.length && leftSet.every((member) => rightSet.includes(member));
}

/** Negative, zero or positive; undefined when the values have no order between them. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.N !== undefined && right.N !== undefined) return compareNumbers(left.N, right.N);
  if (left.S !== undefined && right.S !== undefined) return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  if (left.B === undefined || right.B === undefined) return undefined;
  return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
}

/** The members of a set, undefined for any other type. */
export function setMembers(value: AttributeValue): readonly string[] | undefined {
  return value.SS ?? value.NS ?? value.BS;
}

/** What `size()` answers; undefined for the types that have none. */
export function sizeOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.M !== undefined) return Object.keys(value.M).length;
  return (value.L ?? setMembers(value))?.length;
}

type Check = (member: unknown, depth: number) => AttributeValue;

const CHECKS: Readonly<Record<AttributeType, Check>> = {
  S: (member) => ({ S: text(member) }),
  N: (member) => ({ N: canonicalNumber(text(member)) }),
  B: (member) => ({ B: text(member) }),
  BOOL: (member) => ({ BOOL: truth(member) }),
  NULL: (member) => ({ NULL: truth(member) }),
  M: (member, depth) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) throw emptyValue();
    return { M: checkedItem({ ...member }, depth + 1) };
  },
  L: (member, depth) => {
    if (!Array.isArray(member)) throw emptyValue();
    return { L: member.map((value) => checkedValue(value, depth + 1)) };
  },
  SS: (member) => ({ SS: distinct(member, (value) => value) }),
  NS: (member) => ({ NS: distinct(member, canonicalNumber) }),
  BS: (member) => ({ BS: distinct(member, (value) => value) }),
};

function text(member: unknown): string {
  if (typeof member !== 'string') throw emptyValue();
  return member;
}

function truth(member: unknown): boolean {
  if (typeof member !== 'boolean') throw emptyValue();
  return member;
}

function distinct(member: unknown, canonical: (value: string) => string): readonly string[] {
  if (!Array.isArray(member)) throw emptyValue();
  if (member.length === 0) {
    throw validation('One or more parameter values were invalid: An set  may not be empty');
  }
  const values = member.map((value) => canonical(text(value)));
  if (new Set(values).size === values.length) return values;
  throw validation('One or more parameter values were invalid: Input collection contains duplicates.');
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 1;
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.M !== undefined) return 3 + itemBytes(value.M) + Object.keys(value.M).length;
  if (value.L !== undefined) return value.L.reduce((sum, member) => sum + valueBytes(member) + 1, 3);
  if (value.NS !== undefined) return value.NS.reduce((sum, member) => sum + valueBytes({ N: member }), 3);
  if (value.BS !== undefined) return value.BS.reduce((sum, member) => sum + Buffer.byteLength(member, 'base64'), 3);
  if (value.SS !== undefined) return value.SS.reduce((sum, member) => sum + Buffer.byteLength(member), 3);
  return 1;
}

function equalMaps(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equalValues(left[name] ?? {}, right[name] ?? {}))
  );
}

function equalLists(left: readonly AttributeValue[], right: readonly AttributeValue[]): boolean {
  return left.length === right.length && left.every((value, index) => equalValues(value, right[index] ?? {}));
}

function emptyValue(): Error {
  return validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
}
