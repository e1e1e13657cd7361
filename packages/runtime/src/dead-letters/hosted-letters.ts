import type { DeadLetter, SessionId } from '@infrafabric/protocol';
import type { Fabric } from '../fabric.ts';
import { chosenLetters, type ShownDeadLetter, shownLetter } from './list-dead-letters.ts';
import { redriveSession } from './redrive.ts';

/** The dead letters of an installation, as a host answers about them. */
export interface HostedLetters {
  /** The newest first. */
  readonly list: () => Promise<DeadLetter[]>;
  /** By its hash or the first digits of it. @throws RuntimeError `DEAD_LETTER_NOT_FOUND`. */
  readonly show: (id: string) => Promise<ShownDeadLetter>;
  /** Starts the session that does its work again; whoever runs sessions takes it up. @throws also `SESSION_RUNNING`. */
  readonly redrive: (id: string) => Promise<{ readonly session_id: SessionId; readonly redriven_as: SessionId }>;
}

/** Dead letters on ports that are open. */
export function hostedLetters(fabric: Fabric): HostedLetters {
  return {
    list: () => fabric.deadLetters.list(),
    show: (id) => shownLetter(fabric, id),
    redrive: async (id) => {
      const [letter] = await chosenLetters(fabric, { ids: [id] }, 'redrive');
      const { session_id } = letter ?? (await shownLetter(fabric, id)).letter;
      return { session_id, redriven_as: (await redriveSession(fabric, session_id)).as };
    },
  };
}
