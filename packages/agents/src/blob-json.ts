import type { EvidenceId, EvidenceStore } from '@infrafabric/protocol';

/**
 * A JSON blob of the session: a work list, a plan or a manifest, under the hash a signed request or the session names.
 *
 * `T` is what the writer of that blob put there; nothing is checked but the hash.
 */
export async function readJson<T>(blobs: Pick<EvidenceStore, 'get'>, id: EvidenceId): Promise<T> {
  return parseJson<T>(new TextDecoder().decode(await blobs.get(id)));
}

/** A text whose hash or signature was checked, as what its writer put there. @throws SyntaxError when it is not JSON. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the writer
export function parseJson<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- named by hash or signed: only our own writers made it
  return JSON.parse(text) as T;
}
