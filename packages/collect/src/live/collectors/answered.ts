import { type JsonObject, type JsonValue, isJsonObject } from '@infrafabric/protocol';
import { textsAt, valuesAt } from '@infrafabric/finops';
import type { AskedPage } from '../collector.ts';

/** The distinct non-empty texts at a path of member names joined by `/` (`*` = each element), over all pages, in order. */
export function textsOf(pages: readonly AskedPage[], path: string): string[] {
  return [...new Set(pages.flatMap(({ answer }) => textsAt(answer, path)))];
}

/** The objects at a path over all pages, in order. */
export function itemsOf(pages: readonly AskedPage[], path: string): JsonObject[] {
  return pages.flatMap(({ answer }) => valuesAt(answer, path).filter(isJsonObject));
}

/** The non-empty texts at a path of one value. */
export const textsIn = (value: JsonValue, path: string): string[] => textsAt(value, path);

/** What a list is of, as its input says it, with each thing it lists: `[cluster, node group]`; distinct, in order. */
export function pairsOf(pages: readonly AskedPage[], inputMember: string, path: string): [string, string][] {
  const pairs = pages.flatMap(({ input, answer }) =>
    textsAt(input, inputMember).flatMap((of) => textsAt(answer, path).map((one): [string, string] => [of, one])),
  );
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}

/** A list in runs of at most `size`, for operations that take several names a call. */
export function batchesOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}
