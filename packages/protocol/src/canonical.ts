import canonicalize from 'canonicalize';
import type { JsonValue } from './json.ts';

/**
 * The RFC 8785 (JCS) form of a JSON value: one text for one value, so that a hash names the value.
 *
 * Takes values from `JSON.parse` or zod output only. Members that are `undefined` are left out.
 * @throws TypeError on NaN, infinities, lone surrogates and anything JSON cannot carry.
 */
export function canonicalJson(value: JsonValue | object): string {
  const sorted = inOrder(value);
  const text = sorted === UNSORTABLE ? canonicalize(value) : JSON.stringify(sorted);
  if (text === undefined) throw new TypeError('expected a JSON value, got undefined');
  return text;
}

/** Marks a value with a member that a JavaScript object cannot hold in sorted order. */
const UNSORTABLE = Symbol('unsortable');

/** Whether objects order a member by itself (array indices) or treat it apart. */
const isSelfOrdered = (name: string): boolean =>
  (name <= '9~' && /^(?:0|[1-9][0-9]*)$/.test(name)) || name === '__proto__';

/**
 * The value with its members in JCS order (UTF-16 code units), for `JSON.stringify`, which writes strings and numbers as JCS
 * does: the value itself where they stand in that order already. Large documents take 2.5 times as long in the library, which does the rest.
 */
function inOrder(value: unknown): unknown {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('expected well-formed text, got a lone surrogate');
    return value;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`expected a finite number, got ${value}`);
    return value;
  }
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || 'toJSON' in value) return UNSORTABLE;
  return Array.isArray(value) ? arrayInOrder(value) : objectInOrder(value);
}

function arrayInOrder(array: readonly unknown[]): unknown {
  let copy: unknown[] | undefined;
  for (const [index, item] of array.entries()) {
    const ordered = inOrder(item);
    if (ordered === UNSORTABLE) return UNSORTABLE;
    if (copy === undefined && ordered !== item) copy = array.slice(0, index);
    copy?.push(ordered);
  }
  return copy ?? array;
}

function objectInOrder(object: object): unknown {
  const names = Object.keys(object);
  let isInOrder = true;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    if (!name.isWellFormed()) throw new TypeError('expected a well-formed name, got a lone surrogate');
    if (isSelfOrdered(name)) return UNSORTABLE;
    if (index > 0 && name < (names[index - 1] ?? '')) isInOrder = false;
  }
  return isInOrder ? membersInOrder(object, names) : copyFrom(object, names.sort());
}

/** The object, or a copy from the first of its members on that was put in order; each member is looked at once. */
function membersInOrder(object: object, names: readonly string[]): unknown {
  for (const [index, name] of names.entries()) {
    const member: unknown = Reflect.get(object, name);
    if (member === undefined) continue;
    const ordered = inOrder(member);
    if (ordered === UNSORTABLE) return UNSORTABLE;
    if (ordered !== member) return copyFrom(object, names, { index, ordered });
  }
  return object;
}

/** A copy with its members in the order of `names`; those before `start.index` are in order, and so is `start.ordered`. */
function copyFrom(object: object, names: readonly string[], start?: { index: number; ordered: unknown }): unknown {
  const copy: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const member: unknown = Reflect.get(object, name);
    if (member === undefined) continue;
    const isDone = start !== undefined && index <= start.index;
    const done = index === start?.index ? start.ordered : member;
    const ordered = isDone ? done : inOrder(member);
    if (ordered === UNSORTABLE) return UNSORTABLE;
    copy[name] = ordered;
  }
  return copy;
}
