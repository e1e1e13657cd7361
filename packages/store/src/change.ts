import type { Change, Expected } from '@infrafabric/protocol';

/** The record after a conditional update, or undefined when a condition does not hold; the record itself is not touched. */
export function applyChange<T extends object>(record: T, change: Change<T>): T | undefined {
  const old = record as Readonly<Record<string, unknown>>;
  if (!entries(change.expect).every(([name, expected]) => holds(old[name], expected as Expected))) return undefined;

  const next: Record<string, unknown> = { ...old };
  for (const [name, value] of entries(change.set)) next[name] = structuredClone(value);
  for (const [name, value] of entries(change.add)) next[name] = Number(next[name] ?? 0) + Number(value);
  for (const name of change.remove ?? []) delete next[String(name)];
  return next as T;
}

/** The named members of a part of a change; members that are `undefined` do not count. */
export function entries(part: object | undefined): [name: string, value: unknown][] {
  return Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
}

function holds(actual: unknown, expected: Expected): boolean {
  if (typeof expected !== 'object') return actual === expected;
  if ('in' in expected) return expected.in.includes(actual as string | number);
  if ('below' in expected) return typeof actual === 'number' && actual < expected.below;
  return actual === undefined;
}
