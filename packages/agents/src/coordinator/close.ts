import type { Gathered } from '@infrafabric/finops';
import {
  type Digest,
  digestOf,
  type Envelope,
  saidIn,
  type SessionRecord,
  type SessionState,
  type TaskRecord,
} from '@infrafabric/protocol';
import { parseJson } from '../blob-json.ts';
import type { CoordinatorPorts } from '../ports.ts';

/** What a session comes to. */
export interface Closing {
  readonly state: SessionState;
  readonly records: readonly TaskRecord[];
  readonly gathered: Pick<Gathered, 'results'>;
}

/**
 * Seals the last message of a session, which lists what each sender said in it by the messages on record, and keeps it among the
 * blobs of the session: the session names it by its hash, and the log of the report ends with it.
 *
 * What is on record and does not verify was said by nobody; the messages of a gathered result were verified with it.
 */
export async function closeSession(
  { session_id }: SessionRecord,
  { state, records, gathered }: Closing,
  { mailbox, blobsOf }: Pick<CoordinatorPorts, 'mailbox' | 'blobsOf'>,
): Promise<Digest> {
  const verified = new Set(gathered.results.map(({ task_id }) => task_id));
  const messages = new Map<string, Pick<Envelope, 'sender' | 'sequence'>>();
  for (const { task_id, request_wire, answer_wire } of records) {
    for (const wire of [request_wire, answer_wire]) {
      if (wire === undefined || wire === '') continue;
      const message = verified.has(task_id) ? parseJson<Envelope>(wire) : mailbox.openRecorded(wire, session_id);
      if (message !== undefined) messages.set(wire, { sender: message.sender, sequence: message.sequence });
    }
  }
  const wire = await mailbox.sealClose(session_id, { state, senders: saidIn([...messages.values()]) });
  await blobsOf(session_id).put(new TextEncoder().encode(wire));
  return digestOf(wire);
}
