import { createHash } from 'node:crypto';
import type { HistoryEntry } from '@infrafabric/history-checker';

/** The sha256 of a history as it is printed: one line of JSON an entry. */
export function historyHash(history: readonly HistoryEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of history) hash.update(`${JSON.stringify(entry)}\n`);
  return hash.digest('hex');
}
