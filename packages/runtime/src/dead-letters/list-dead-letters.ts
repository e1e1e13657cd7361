import { type DeadLetter, isSessionOver, type SessionId, type TaskState } from '@infrafabric/protocol';
import { chosenHash } from '../chosen-hash.ts';
import type { Config } from '../config/config.ts';
import { RuntimeError } from '../errors.ts';
import { type Fabric, withFabric } from '../fabric.ts';
import { findSession } from '../sessions.ts';

/** Letters by their hashes or the first digits of them, or all, of one session where it is named. */
export type LetterChoice =
  | { readonly ids: readonly string[] }
  | { readonly all: true; readonly session?: string | undefined };

/** A dead letter, and how the task it is about stands now. */
export interface ShownDeadLetter {
  readonly letter: DeadLetter;
  readonly wire: string;
  /** Null when its session, or its task, is not there. */
  readonly session_state: string | null;
  readonly task: { readonly state: TaskState; readonly code: string | null; readonly message: string | null } | null;
}

/** Every dead letter, or those of one session, the newest first. @throws RuntimeError `SESSION_ID_INVALID`, `SESSION_NOT_FOUND`. */
export function listDeadLetters(config: Config, session?: string): Promise<DeadLetter[]> {
  return withFabric(config, async (fabric) => lettersOf(fabric, session));
}

/** One dead letter by its hash or the first digits of it. @throws RuntimeError `DEAD_LETTER_NOT_FOUND`. */
export function showDeadLetter(config: Config, typed: string): Promise<ShownDeadLetter> {
  return withFabric(config, async (fabric) => shownLetter(fabric, typed));
}

/** Ends the retention of the chosen letters; answers their hashes. @throws RuntimeError `DEAD_LETTER_NOT_FOUND`. */
export function purgeDeadLetters(config: Config, choice: LetterChoice): Promise<string[]> {
  return withFabric(config, async (fabric) => {
    const letters = await chosenLetters(fabric, choice, 'purge');
    for (const { sha256 } of letters) await fabric.deadLetters.purge(sha256);
    return letters.map(({ sha256 }) => sha256);
  });
}

/** The letters of a choice; of all, a redrive leaves out those whose work was done again, and goes on with what was begun. */
export async function chosenLetters(
  fabric: Fabric,
  choice: LetterChoice,
  purpose: 'redrive' | 'purge',
): Promise<DeadLetter[]> {
  if ('ids' in choice) {
    const letters = await fabric.deadLetters.list();
    const hashes = new Set(choice.ids.map((typed) => hashOf(typed, letters)));
    return letters.filter(({ sha256 }) => hashes.has(sha256));
  }
  const letters = await lettersOf(fabric, choice.session);
  if (purpose === 'purge') return letters;
  const isWaiting = await Promise.all(letters.map(async ({ redriven_as }) => isOutstanding(fabric, redriven_as)));
  return letters.filter((_, at) => isWaiting[at]);
}

/** As `showDeadLetter`, on ports that are open. */
export async function shownLetter(fabric: Fabric, typed: string): Promise<ShownDeadLetter> {
  const sha256 = hashOf(typed, await fabric.deadLetters.list());
  const found = await fabric.deadLetters.find(sha256);
  const { letter, wire } = found ?? { letter: gone(typed), wire: '' };
  const { session_id, task_id } = letter;
  const session = await fabric.state.session(session_id);
  const task = task_id === undefined ? undefined : await fabric.state.task(session_id, task_id);
  return {
    letter,
    wire,
    session_state: session?.state ?? null,
    task: task === undefined ? null : { state: task.state, code: task.code ?? null, message: task.message ?? null },
  };
}

async function lettersOf(fabric: Fabric, session: string | undefined): Promise<DeadLetter[]> {
  const letters = await fabric.deadLetters.list();
  if (session === undefined) return letters;
  const { session_id } = await findSession(fabric, session);
  return letters.filter((letter) => letter.session_id === session_id);
}

/** Whether the work of a letter was not done again by the session `as`: there is none, it is not over, or it was stopped or failed. */
async function isOutstanding({ state }: Fabric, as: SessionId | undefined): Promise<boolean> {
  const session = as === undefined ? undefined : await state.session(as);
  if (session === undefined || !isSessionOver(session.state)) return true;
  return session.state === 'CANCELLED' || session.state === 'FAILED';
}

/** Purged between two looks. */
function gone(typed: string): never {
  throw new RuntimeError('DEAD_LETTER_NOT_FOUND', { message: 'the dead letter was purged', where: typed, fix: LS });
}

const LS = 'infrafabric dlq ls';

const hashOf = (typed: string, letters: readonly DeadLetter[]): string =>
  chosenHash(
    typed,
    letters.map(({ sha256 }) => sha256),
    { code: 'DEAD_LETTER_NOT_FOUND', what: 'dead letter', fix: LS },
  );
