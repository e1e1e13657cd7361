import type { HistoryEntry } from './history.ts';

/** Reads a history, one JSON object a line. @throws SyntaxError naming the line that is none. */
export function readHistory(text: string): HistoryEntry[] {
  return text.split('\n').flatMap((line, at) => (line === '' ? [] : [entryOf(line, at + 1)]));
}

/** Writes a history as `readHistory` reads it. */
export const historyText = (entries: Iterable<HistoryEntry>): string =>
  [...entries].map((entry) => `${JSON.stringify(entry)}\n`).join('');

function entryOf(line: string, number: number): HistoryEntry {
  const value = parse(line, number);
  if (typeof value === 'object' && value !== null && 'kind' in value && 'at_ms' in value) return value as HistoryEntry;
  throw new SyntaxError(`line ${number}: expected an entry with kind and at_ms, got ${line.slice(0, 60)}`);
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new SyntaxError(`line ${number}: expected JSON, got ${line.slice(0, 60)}`, { cause });
  }
}
