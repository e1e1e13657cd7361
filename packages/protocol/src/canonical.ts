import canonicalize from 'canonicalize';
import type { JsonValue } from './json.ts';

/**
 * The RFC 8785 (JCS) form of a JSON value: one text for one value, so that a hash names the value.
 *
 * Takes values from `JSON.parse` or zod output only. Members that are `undefined` are left out.
 * @throws TypeError on NaN, infinities, lone surrogates and anything JSON cannot carry.
 */
export function canonicalJson(value: JsonValue | object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('expected a JSON value, got undefined');
  return text;
}

/** The UTF-8 bytes of the canonical form. */
export function canonicalBytes(value: JsonValue | object): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}
