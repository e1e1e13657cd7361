import { evidenceId, type SessionRecord } from '@infrafabric/protocol';
import { Narrative } from '@infrafabric/report';
import type { Fabric } from '../fabric.ts';

/** What a session has in words; `undefined` when no model was asked. */
export async function narrativeOf(
  fabric: Pick<Fabric, 'blobsOf'>,
  session: SessionRecord,
): Promise<Narrative | undefined> {
  const { session_id, narrative_sha256: digest } = session;
  if (digest === undefined) return undefined;
  const bytes = await fabric.blobsOf(session_id).get(evidenceId(digest.slice('sha256:'.length)));
  return Narrative.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
