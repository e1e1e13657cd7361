/** Work on sessions within one invocation: one piece at a time for each session. */
export interface Turns {
  /** Runs after everything asked for this session before. */
  readonly next: (session: string, work: () => Promise<void>) => Promise<void>;
  /** As `next`, once an invocation for each session: whoever asks again gets the same outcome. */
  readonly single: (session: string, work: () => Promise<void>) => Promise<void>;
}

/** Opens the turns of one invocation. */
export function openTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  const singles = new Map<string, Promise<void>>();
  const next: Turns['next'] = async (session, work) => {
    const before = last.get(session) ?? Promise.resolve();
    const turn = before.then(work);
    last.set(
      session,
      turn.catch(() => undefined),
    );
    return turn;
  };
  return {
    next,
    single: async (session, work) => {
      const known = singles.get(session) ?? next(session, work);
      singles.set(session, known);
      return known;
    },
  };
}
