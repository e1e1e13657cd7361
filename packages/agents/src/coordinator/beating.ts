import type { SessionRecord } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';

/** The holder of a session says this often that it is at work, whatever it is at: a long plan or report moves no tick. */
const BEAT_MS = 5_000;

/** Says in the state that the holder of a session is at work, until told to rest; writes nothing into a session that is over. */
export function keepBeating(
  { session_id, fence }: SessionRecord,
  { state, clock }: CoordinatorPorts,
): () => Promise<void> {
  const done = new AbortController();
  const beats = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(BEAT_MS, done.signal);
      if (done.signal.aborted) return;
      const expect = { fence, state: { in: ['RUNNING', 'REPORTING'] } };
      // A beat that could not be written is the next one's business: the fence decides, not the beat.
      await state.changeSession(session_id, { expect, add: { hb: 1 } }).catch(() => undefined);
    }
  };
  const beating = beats();
  return async () => {
    done.abort();
    await beating;
  };
}
