import { readFileSync } from 'node:fs';
import { checkHistory } from './check-history.ts';
import { readHistory } from './read-history.ts';
import { checkSameReports } from './same-reports.ts';

/** `node test/checker/src/main.ts history.jsonl...`: prints every violation; exit 1 with any, 2 without a file. */
function main(paths: readonly string[]): number {
  if (paths.length === 0) {
    console.error('usage: node test/checker/src/main.ts <history.jsonl>...');
    return 2;
  }
  const histories = paths.map((path) => readHistory(readFileSync(path, 'utf8')));
  const found = histories.flatMap((history, at) =>
    checkHistory(history).map((violation) => ({ ...violation, path: paths[at] })),
  );
  const differing = checkSameReports(histories).map((violation) => ({
    ...violation,
    path: paths[violation.seq],
    seq: 0,
  }));
  for (const { path, seq, invariant, message } of [...found, ...differing])
    console.log(`${path}:${seq + 1}: ${invariant}: ${message}`);
  const entries = histories.reduce((sum, history) => sum + history.length, 0);
  console.log(`${entries} entries, ${found.length + differing.length} violations`);
  return found.length + differing.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
