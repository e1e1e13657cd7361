import { INVARIANTS } from './catalogue.ts';
import type { HistoryEntry, Violation } from './history.ts';
import { indexHistory } from './history-index.ts';

/** Holds a history against every invariant; violations in the order of their entries. */
export function checkHistory(entries: Iterable<HistoryEntry>): Violation[] {
  const history = [...entries];
  const torn = whyTorn(history);
  if (torn !== undefined) return [torn];
  const index = indexHistory(history);
  return INVARIANTS.flatMap(({ id, check }) => check(index).map((found) => ({ invariant: id, ...found }))).sort(
    (a, b) => a.seq - b.seq,
  );
}

/** A history that is not one: nothing can be judged. */
function whyTorn(history: readonly HistoryEntry[]): Violation | undefined {
  if (history[0]?.kind !== 'world')
    return { invariant: 'HISTORY', seq: 0, message: 'it does not begin with its world' };
  for (const [seq, entry] of history.entries()) {
    if (seq > 0 && entry.kind === 'world') return { invariant: 'HISTORY', seq, message: 'it has a second world' };
    const before = history[seq - 1];
    if (before !== undefined && entry.at_ms < before.at_ms)
      return { invariant: 'HISTORY', seq, message: 'an entry is older than the one before' };
  }
  return undefined;
}
