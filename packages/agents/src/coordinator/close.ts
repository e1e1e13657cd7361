import { type Digest, digestOf, type SessionRecord, type SessionState } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import type { SaidTally } from './said-tally.ts';

/** What a session comes to. */
export interface Closing {
  readonly state: SessionState;
  readonly said: SaidTally;
}

/**
 * Seals the last message of a session, which lists what each sender said in it by the messages on record, and keeps it among the
 * blobs of the session: the session names it by its hash, and the log of the report ends with it.
 */
export async function closeSession(
  { session_id }: SessionRecord,
  { state, said }: Closing,
  { mailbox, blobsOf }: Pick<CoordinatorPorts, 'mailbox' | 'blobsOf'>,
): Promise<Digest> {
  const wire = await mailbox.sealClose(session_id, { state, senders: said.senders() });
  await blobsOf(session_id).put(new TextEncoder().encode(wire));
  return digestOf(wire);
}
