import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';

/** A value met on a walk: its reference tokens from the root, and the objects around it, nearest first. */
export interface Met {
  readonly value: JsonValue;
  readonly tokens: readonly (string | number)[];
  readonly around: readonly JsonObject[];
}

/** Finds every value at a path of member names joined by `/`, where `*` is each element of an array; missing parts are no match. */
export function walk(root: JsonValue, path: string): Met[] {
  let met: Met[] = [{ value: root, tokens: [], around: [] }];
  for (const member of path === '' ? [] : path.split('/')) met = met.flatMap((one) => step(one, member));
  return met;
}

function step({ value, tokens, around }: Met, member: string): Met[] {
  if (member === '*') {
    if (!Array.isArray(value)) return [];
    return value.map((element, index) => ({ value: element, tokens: [...tokens, index], around }));
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, member)) return [];
  const child = value[member];
  return child === undefined ? [] : [{ value: child, tokens: [...tokens, member], around: [value, ...around] }];
}

/** The values at a path. */
export const valuesAt = (root: JsonValue, path: string): JsonValue[] => walk(root, path).map((met) => met.value);

/** The non-empty texts at a path. */
export function textsAt(root: JsonValue, path: string): string[] {
  return valuesAt(root, path).filter((value): value is string => typeof value === 'string' && value !== '');
}
