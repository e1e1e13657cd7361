import type { CsvRecord } from '../csv-scanner.ts';

/** Stands between the values of a key; text with it is refused before. */
export const KEY_SEPARATOR = '\u0000';

/** Fields where they stand in a text. */
export type Fields = Pick<CsvRecord, 'text' | 'starts' | 'ends'>;

/** A key of which only the first `kept` values count. */
export function cutKey(key: string, kept: number): string {
  let end = -1;
  for (let count = 0; count < kept; count += 1) end = key.indexOf(KEY_SEPARATOR, end + 1);
  return end < 0 ? key : key.slice(0, end);
}

/** Where a field ends in a key that has it at `at`; -1 when it has something else there. */
export function endOfSame(key: string, at: number, { text, starts, ends }: Fields, place: number): number {
  const end = ends[place] ?? 0;
  let same = at;
  for (let position = starts[place] ?? 0; position < end; position += 1, same += 1) {
    if (key.charCodeAt(same) !== text.charCodeAt(position)) return -1;
  }
  return same;
}

/** The values of the first `kept` places, separated. */
export function keyText({ text, starts, ends }: Fields, places: readonly number[], kept: number): string {
  return places
    .slice(0, kept)
    .map((place) => text.slice(starts[place], ends[place]))
    .join(KEY_SEPARATOR);
}

/** Values that stand in one text, separated. */
export function fieldsOf(key: string): Fields {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at <= key.length;) {
    const end = key.indexOf(KEY_SEPARATOR, at);
    starts.push(at);
    ends.push(end < 0 ? key.length : end);
    at = end < 0 ? key.length + 1 : end + 1;
  }
  return { text: key, starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}
