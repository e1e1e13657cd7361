import {
  type Checkpoint,
  checkpointSizes,
  firstOtherCheckpoint,
  judgeLog,
  type LogEntry,
  openCheckpoint,
  parseLog,
} from '@infrafabric/protocol';
import { logOrigin } from '../build-report.ts';
import { PATHS } from '../folder.ts';
import { attempt } from './attempt.ts';
import type { Intact } from './intact.ts';
import type { Problem } from './problem.ts';

/** The entries of the session log; broken, cut or rewritten against its signed checkpoint is a problem. */
export function readLog(intact: Intact, problems: Problem[]): LogEntry[] {
  const entries = attempt('LOG_BROKEN', PATHS.log, problems, () => parseLog(textOf(intact, PATHS.log))) ?? [];
  attempt('LOG_UNANCHORED', PATHS.checkpoint, problems, () => anchor(entries, intact, problems));
  compareCheckpoints(entries, intact, problems);
  return entries;
}

function anchor(entries: readonly LogEntry[], intact: Intact, problems: Problem[]): void {
  const verdict = judgeLog(entries, openAt(intact, PATHS.checkpoint));
  if (verdict.state === 'ANCHORED') return;
  problems.push(
    verdict.state === 'BROKEN'
      ? { code: 'LOG_BROKEN', where: `${PATHS.log} entry ${verdict.index}`, message: verdict.reason }
      : {
          code: 'LOG_UNANCHORED',
          where: PATHS.log,
          message: `the log is ${verdict.state.toLowerCase()}: the signed checkpoint is of another log`,
        },
  );
}

/** The checkpoints before the end: one after every 100 entries, each of a beginning of this log. */
function compareCheckpoints(entries: readonly LogEntry[], intact: Intact, problems: Problem[]): void {
  const expected = checkpointSizes(entries.length).map((size) => `${PATHS.checkpoints}${size}.txt`);
  const found = [...intact.files.keys()].filter((path) => path.startsWith(PATHS.checkpoints));
  const checkpoints: Checkpoint[] = [];
  for (const path of new Set([...expected, ...found])) {
    attempt('LOG_UNANCHORED', path, problems, () => {
      const checkpoint = openAt(intact, path);
      if (path !== `${PATHS.checkpoints}${checkpoint.size}.txt`)
        throw new RangeError(`the checkpoint is one of ${checkpoint.size} entries`);
      checkpoints.push(checkpoint);
    });
  }
  const other = firstOtherCheckpoint(entries, checkpoints);
  if (other === undefined) return;
  const { size, signedUpTo } = other;
  problems.push({
    code: 'LOG_UNANCHORED',
    where: `${PATHS.checkpoints}${size}.txt`,
    message: `the log is not the one that was signed: entries ${signedUpTo} to ${size - 1} were changed or are gone`,
  });
}

function openAt(intact: Intact, path: string): Checkpoint {
  const coordinators = [...intact.trust.keys.values()].filter((key) => key.roles.includes('coordinator'));
  return openCheckpoint(
    textOf(intact, path),
    logOrigin(intact.manifest.session_id),
    coordinators.map((key) => key.public_key),
  );
}

function textOf(intact: Intact, path: string): string {
  const bytes = intact.files.get(path);
  if (bytes === undefined) throw new RangeError('the file is not in the signed manifest');
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
