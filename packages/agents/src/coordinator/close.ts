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

/**
 * Seals the last message of a session, which lists what each sender said in it by the messages on record, and keeps it among the
 * blobs of the session: the session names it by its hash, and the log of the report ends with it.
 */
export async function closeSession(
  { session_id }: SessionRecord,
  { state, records }: { readonly state: SessionState; readonly records: readonly TaskRecord[] },
  { mailbox, blobsOf }: Pick<CoordinatorPorts, 'mailbox' | 'blobsOf'>,
): Promise<Digest> {
  const wires = records.flatMap(({ request_wire, answer_wire }) => [request_wire, answer_wire ?? '']);
  const messages = wires.filter((wire) => wire !== '').map((wire) => parseJson<Envelope>(wire));
  const wire = await mailbox.sealClose(session_id, { state, senders: saidIn(messages) });
  await blobsOf(session_id).put(new TextEncoder().encode(wire));
  return digestOf(wire);
}
