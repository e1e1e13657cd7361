import { isSessionOver, type SessionId, type SessionRecord } from '@infrafabric/protocol';
import { isBootAlive } from './boot.ts';

/**
 * Who coordinates a session that is not over: a process of this machine that lives (`alive`) or is gone (`gone`), one of another
 * machine (`elsewhere`), or nobody (`nobody`): it was not taken up yet, was laid down, or is between two passes on AWS.
 */
export type Holder = 'alive' | 'gone' | 'elsewhere' | 'nobody';

/** A session as a list shows it. */
export interface SessionLine {
  readonly session_id: SessionId;
  readonly state: string;
  readonly started_at: string;
  readonly as_of: string;
  /** When it ends at the latest, with what is not done by then as gaps. */
  readonly deadline: string;
  /** It is not over and the process that ran it is gone: it waits for `resume` or a coordinator. */
  readonly abandoned: boolean;
  /** Null when it is over. */
  readonly holder: Holder | null;
  /** Why it failed; null when it did not. */
  readonly code: string | null;
}

/** A session as lists show it. */
export function lineOf(session: SessionRecord): SessionLine {
  const { session_id, state, created_at_ms, deadline_ms, request, code = null } = session;
  const holder = holderOf(session);
  return {
    session_id,
    state,
    started_at: new Date(created_at_ms).toISOString(),
    as_of: request.as_of,
    deadline: new Date(deadline_ms).toISOString(),
    abandoned: holder === 'gone',
    holder,
    code,
  };
}

/** Who coordinates a session, as far as this machine can tell; null when it is over. */
export function holderOf({ state, boot_id }: SessionRecord): Holder | null {
  if (isSessionOver(state)) return null;
  if (boot_id === undefined) return 'nobody';
  const alive = isBootAlive(boot_id);
  if (alive === undefined) return 'elsewhere';
  return alive ? 'alive' : 'gone';
}

/** Whether the process that ran an unfinished session is known to be gone. */
export const isAbandoned = (session: SessionRecord): boolean => holderOf(session) === 'gone';
