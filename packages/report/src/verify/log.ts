import { judgeLog, type LogEntry, openCheckpoint, parseLog } from '@infrafabric/protocol';
import { logOrigin } from '../build-report.ts';
import { PATHS } from '../folder.ts';
import { attempt } from './attempt.ts';
import type { Intact } from './intact.ts';
import type { Problem } from './problem.ts';

/** The entries of the session log; broken, cut or rewritten against its signed checkpoint is a problem. */
export function readLog(intact: Intact, problems: Problem[]): LogEntry[] {
  const entries = attempt('LOG_BROKEN', PATHS.log, problems, () => parseLog(textOf(intact, PATHS.log))) ?? [];
  attempt('LOG_UNANCHORED', PATHS.checkpoint, problems, () => anchor(entries, intact, problems));
  return entries;
}

function anchor(entries: readonly LogEntry[], intact: Intact, problems: Problem[]): void {
  const coordinators = [...intact.trust.keys.values()].filter((key) => key.roles.includes('coordinator'));
  const checkpoint = openCheckpoint(
    textOf(intact, PATHS.checkpoint),
    logOrigin(intact.manifest.session_id),
    coordinators.map((key) => key.public_key),
  );
  const verdict = judgeLog(entries, checkpoint);
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

function textOf(intact: Intact, path: string): string {
  const bytes = intact.files.get(path);
  if (bytes === undefined) throw new RangeError('the file is not in the signed manifest');
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
