import type { Observer, SessionId } from '@infrafabric/protocol';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { type Fabric, withFabric } from '../fabric.ts';
import type { WriteOptions } from '../report-directory.ts';
import { refuseUnknownFormat } from '../session-request.ts';
import { findSession, finishSession, type Resumed } from '../sessions.ts';
import { chosenLetters, type LetterChoice } from './list-dead-letters.ts';
import { followUp } from './follow-up.ts';

/** What became of the dead letters of one session. */
export interface Redriven extends Resumed {
  /** Whose letters they are. */
  readonly session_id: SessionId;
  readonly letters: readonly string[];
  /** The session that did their work again. */
  readonly redriven_as: SessionId;
}

/** How a redrive is run. */
export type RedriveOptions = WriteOptions & {
  readonly observer: Observer;
  readonly signal: AbortSignal;
  /** Hears which session runs, before it does. */
  readonly onStart: (session: SessionId, as: SessionId) => void;
};

/**
 * Does again what the chosen letters stand for: one new session for each session they are of, run to its end, with its report.
 * No old message is sent again. All letters of a session are redriven by its one new session.
 *
 * @throws RuntimeError `DEAD_LETTER_NOT_FOUND`, `SESSION_RUNNING`; `CONFIG_INVALID` where one folder is named for several reports.
 */
export function redriveDeadLetters(config: Config, choice: LetterChoice, options: RedriveOptions): Promise<Redriven[]> {
  refuseUnknownFormat(options.formats);
  return withFabric(config, async (fabric) => {
    const letters = await chosenLetters(fabric, choice, 'redrive');
    const sessions = [...new Set(letters.map(({ session_id }) => session_id))];
    if (sessions.length > 1 && options.out !== undefined) throw severalReports(sessions.length);
    const done: Redriven[] = [];
    for (const session_id of sessions) {
      if (options.signal.aborted) break;
      const { letters: redriven, as } = await redriveSession(fabric, session_id);
      options.onStart(session_id, as);
      const finished = await finishSession(fabric, await findSession(fabric, as), options);
      done.push({ session_id, letters: redriven, redriven_as: as, ...finished });
    }
    return done;
  });
}

/** Starts the session that does the work of a session's letters again, and notes it on each. @throws as `followUp`. */
export async function redriveSession(
  fabric: Fabric,
  id: SessionId,
): Promise<{ readonly letters: readonly string[]; readonly as: SessionId }> {
  const { session_id: as } = await followUp(fabric, await findSession(fabric, id));
  const letters = (await fabric.deadLetters.list()).filter(({ session_id }) => session_id === id);
  for (const { sha256 } of letters) await fabric.deadLetters.redriven(sha256, as);
  return { letters: letters.map(({ sha256 }) => sha256), as };
}

function severalReports(sessions: number): RuntimeError {
  return new RuntimeError('CONFIG_INVALID', {
    message: `expected letters of one session, got letters of ${sessions}: each gets a report of its own`,
    where: '--out',
    fix: 'leave --out away, or name the letters of one session',
  });
}
