import {
  claimedContentRef,
  evidenceId,
  type EvidenceStore,
  type SessionRecord,
  type TaskRecord,
} from '@infrafabric/protocol';
import type { LoggedMessage } from '@infrafabric/report';
import type { Fabric } from './fabric.ts';

/** The messages of a session as they are on record, each with its content where that travelled beside it; the close among them. */
export async function loggedMessages(
  session: SessionRecord,
  records: readonly TaskRecord[],
  { blobsOf }: Pick<Fabric, 'blobsOf'>,
): Promise<LoggedMessage[]> {
  const blobs = blobsOf(session.session_id);
  const read = records.map(async (record) => messagesOf(record, await contentBeside(record.request_wire, blobs)));
  return [...(await Promise.all(read)).flat(), ...(await closeOf(session, blobs))];
}

type Blobs = Pick<EvidenceStore, 'get'>;

/** The message that ended the session; a session of an earlier version has none. */
async function closeOf({ close_sha256 }: SessionRecord, blobs: Blobs): Promise<LoggedMessage[]> {
  if (close_sha256 === undefined) return [];
  const wire = new TextDecoder().decode(await blobs.get(evidenceId(hexOf(close_sha256))));
  return [{ wire, direction: 'sent', atMs: sentAt(wire), isClose: true, content: await contentBeside(wire, blobs) }];
}

async function contentBeside(wire: string, blobs: Blobs): Promise<Uint8Array | undefined> {
  const ref = claimedContentRef(wire);
  return ref === undefined ? undefined : blobs.get(evidenceId(hexOf(ref.sha256)));
}

function messagesOf(record: TaskRecord, content: Uint8Array | undefined): LoggedMessage[] {
  const answer: LoggedMessage[] =
    record.answer_wire === undefined
      ? []
      : [{ wire: record.answer_wire, direction: 'received', atMs: sentAt(record.answer_wire) }];
  return [{ wire: record.request_wire, direction: 'sent', atMs: sentAt(record.request_wire), content }, ...answer];
}

/** When a message was signed; its signature was verified when it was gathered. */
function sentAt(wire: string): number {
  const message: unknown = JSON.parse(wire);
  const isTimed = typeof message === 'object' && message !== null && 'timestamp' in message;
  return isTimed ? Number(message.timestamp) : 0;
}

const hexOf = (digest: string): string => digest.slice('sha256:'.length);
