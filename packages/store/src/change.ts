import type { Change, Expected } from '@infrafabric/protocol';

/**
 * The record after a conditional update, or undefined when a condition does not hold; the record itself is not touched.
 *
 * Members of a change that are `undefined` do not count.
 */
export function applyChange<T extends object>(record: T, change: Change<T>): T | undefined {
  if (!holdsAll(record, change.expect)) return undefined;
  const next = structuredClone(record);
  for (const [name, value] of Object.entries(change.set ?? {})) {
    if (value !== undefined) Reflect.set(next, name, structuredClone(value));
  }
  for (const [name, value] of Object.entries(change.add ?? {})) {
    if (value !== undefined) Reflect.set(next, name, Number(Reflect.get(next, name) ?? 0) + Number(value));
  }
  for (const name of change.remove ?? []) Reflect.deleteProperty(next, name);
  return next;
}

function holdsAll(record: object, expect: object): boolean {
  return Object.entries(expect).every(
    ([name, expected]) => expected === undefined || holds(Reflect.get(record, name), expected),
  );
}

function holds(actual: unknown, expected: Expected): boolean {
  if (typeof expected !== 'object') return actual === expected;
  if ('in' in expected) return expected.in.some((value) => value === actual);
  if ('below' in expected) return typeof actual === 'number' && actual < expected.below;
  return actual === undefined;
}
