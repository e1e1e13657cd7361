import canonicalize from 'canonicalize';
import type { JsonValue } from './json.ts';

/**
 * The RFC 8785 (JCS) form of a JSON value: one text for one value, so that a hash names the value.
 *
 * Takes values from `JSON.parse` or zod output only. Members that are `undefined` are left out.
 * @throws TypeError on NaN, infinities, lone surrogates and anything JSON cannot carry.
 */
export function canonicalJson(value: JsonValue | object): string {
  const sorted = sortedCopy(value);
  const text = sorted === UNSORTABLE ? canonicalize(value) : JSON.stringify(sorted);
  if (text === undefined) throw new TypeError('expected a JSON value, got undefined');
  return text;
}

/** The UTF-8 bytes of the canonical form. */
export function canonicalBytes(value: JsonValue | object): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** Marks a value with a member that a JavaScript object cannot hold in sorted order. */
const UNSORTABLE = Symbol('unsortable');

/** Members that objects order by themselves (array indices) or treat apart. */
const SELF_ORDERED = /^(?:0|[1-9][0-9]*|__proto__)$/;

/**
 * A copy whose members stand in JCS order (UTF-16 code units), for `JSON.stringify`, which writes strings and numbers as JCS
 * does. Large documents take 2.5 times as long in the library, which does the rest.
 */
function sortedCopy(value: unknown): unknown {
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
  return Array.isArray(value) ? sortedArray(value) : sortedObject(value);
}

function sortedArray(array: readonly unknown[]): unknown {
  const copy: unknown[] = [];
  for (const item of array) {
    const sorted = sortedCopy(item);
    if (sorted === UNSORTABLE) return UNSORTABLE;
    copy.push(sorted);
  }
  return copy;
}

function sortedObject(object: object): unknown {
  const members = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  const copy: Record<string, unknown> = {};
  for (const [name, member] of members) {
    if (member === undefined) continue;
    if (!name.isWellFormed()) throw new TypeError('expected a well-formed name, got a lone surrogate');
    if (SELF_ORDERED.test(name)) return UNSORTABLE;
    const sorted = sortedCopy(member);
    if (sorted === UNSORTABLE) return UNSORTABLE;
    copy[name] = sorted;
  }
  return copy;
}
