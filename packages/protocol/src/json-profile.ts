import { jsonPointer } from './pointer.ts';
import type { JsonValue } from './json.ts';

/** Where a value leaves the profile, and how. */
export interface ProfileBreach {
  readonly pointer: string;
  readonly kind: 'string' | 'number';
}

/** UTF-16 units in a member name. Own bound. */
const MAX_NAME_LENGTH = 128;

/** Code points Unicode keeps out of interchange (Unicode 17.0 section 23.7): U+FDD0..U+FDEF and the last two of each plane. */
const NONCHARACTER = /[\uFDD0-\uFDEF]|\p{Noncharacter_Code_Point}/u;
const MAYBE_NONCHARACTER = /[\uD800-\uFFFF]/;

/**
 * The first place where a parsed JSON value leaves the signed profile, or `undefined`.
 *
 * Strings and member names: well-formed UTF-16, no noncharacters (SQS refuses U+FFFE and U+FFFF), names of 128 units at
 * most. Numbers: integers of magnitude up to 2^53 - 1, and no negative zero.
 */
export function profileBreach(value: JsonValue): ProfileBreach | undefined {
  return breachAt(value, []);
}

function breachAt(value: JsonValue | undefined, path: (string | number)[]): ProfileBreach | undefined {
  if (typeof value === 'string') return isCleanString(value) ? undefined : breach('string', path);
  if (typeof value === 'number') return isPlainInteger(value) ? undefined : breach('number', path);
  if (typeof value !== 'object' || value === null) return undefined;
  return Array.isArray(value) ? breachInItems(value, path) : breachInMembers(value, path);
}

function breachInItems(items: readonly JsonValue[], path: (string | number)[]): ProfileBreach | undefined {
  for (const [index, item] of items.entries()) {
    path.push(index);
    const found = breachAt(item, path);
    if (found) return found;
    path.pop();
  }
  return undefined;
}

function breachInMembers(
  members: { readonly [name: string]: JsonValue | undefined },
  path: (string | number)[],
): ProfileBreach | undefined {
  for (const name of Object.keys(members)) {
    path.push(name);
    if (name.length > MAX_NAME_LENGTH || !isCleanString(name)) return breach('string', path);
    const found = breachAt(members[name], path);
    if (found) return found;
    path.pop();
  }
  return undefined;
}

function breach(kind: ProfileBreach['kind'], path: readonly (string | number)[]): ProfileBreach {
  return { kind, pointer: jsonPointer(path).toWellFormed() };
}

const isCleanString = (text: string): boolean =>
  !MAYBE_NONCHARACTER.test(text) || (text.isWellFormed() && !NONCHARACTER.test(text));
const isPlainInteger = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);
