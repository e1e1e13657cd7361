import type { HistoryEntry, Violation } from './history.ts';
import { indexHistory } from './history-index.ts';

/**
 * Whether runs over the same inputs made the same report: each complete one (session DONE) is compared with the first of its inputs.
 *
 * `seq` counts the histories.
 */
export function checkSameReports(histories: Iterable<readonly HistoryEntry[]>): Violation[] {
  const first = new Map<string, string>();
  return [...histories].flatMap((history, seq) =>
    completeReports(history).flatMap(([request, report]) => {
      const known = first.get(request) ?? report;
      first.set(request, known);
      const message = `the report ${report} differs from ${known}, made of the same inputs`;
      return known === report ? [] : [{ invariant: 'I13', seq, message }];
    }),
  );
}

/** What was asked and the digest of the report that answers it. */
function completeReports(history: readonly HistoryEntry[]): [request: string, report: string][] {
  return [...indexHistory(history).sessions.values()].flatMap(({ last }) =>
    last?.state === 'DONE' && last.report_sha256 !== undefined && last.request !== undefined
      ? [[JSON.stringify(last.request), last.report_sha256]]
      : [],
  );
}
