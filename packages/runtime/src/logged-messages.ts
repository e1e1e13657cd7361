import {
  claimedContentRef,
  type Envelope,
  evidenceId,
  type EvidenceStore,
  type SessionRecord,
  type TaskRecord,
} from '@infrafabric/protocol';
import type { LoggedMessage } from '@infrafabric/report';
import type { Fabric } from './fabric.ts';

/**
 * The messages of a session as they are on record, each with its content where that travelled beside it; the close among them.
 *
 * What is on record and does not verify was said by nobody and is no part of the log, as it is none of the close.
 */
export async function loggedMessages(
  session: SessionRecord,
  records: readonly TaskRecord[],
  { blobsOf, mailboxOf }: Pick<Fabric, 'blobsOf' | 'mailboxOf'>,
): Promise<LoggedMessage[]> {
  const blobs = blobsOf(session.session_id);
  const mailbox = mailboxOf('coordinator');
  const said = records.flatMap(({ request_wire, answer_wire }) =>
    [request_wire, answer_wire ?? ''].flatMap((wire, at): LoggedMessage[] => {
      const message = wire === '' ? undefined : mailbox.openRecorded(wire, session.session_id);
      const direction = at === 0 ? 'sent' : 'received';
      return message === undefined ? [] : [{ wire, direction, atMs: message.timestamp }];
    }),
  );
  const beside = said.map(async (message) => ({ ...message, content: await contentBeside(message.wire, blobs) }));
  return [...(await Promise.all(beside)), ...(await closeOf(session, blobs))];
}

type Blobs = Pick<EvidenceStore, 'get'>;

/** The message that ended the session; a session of an earlier version has none. */
async function closeOf({ close_sha256 }: SessionRecord, blobs: Blobs): Promise<LoggedMessage[]> {
  if (close_sha256 === undefined) return [];
  const wire = new TextDecoder().decode(await blobs.get(evidenceId(hexOf(close_sha256))));
  const { timestamp }: Pick<Envelope, 'timestamp'> = JSON.parse(wire);
  return [{ wire, direction: 'sent', atMs: timestamp, isClose: true, content: await contentBeside(wire, blobs) }];
}

async function contentBeside(wire: string, blobs: Blobs): Promise<Uint8Array | undefined> {
  const ref = claimedContentRef(wire);
  return ref === undefined ? undefined : blobs.get(evidenceId(hexOf(ref.sha256)));
}

const hexOf = (digest: string): string => digest.slice('sha256:'.length);
