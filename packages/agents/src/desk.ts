import { type Citation, type Cited, type EvidenceId, type EvidenceStore, type JsonValue, type MediaType } from '@infrafabric/protocol';
import { CitedDocuments } from '@infrafabric/collect';

/** Where an agent reads evidence: by hash, parsed once, never by path and never over the network. */
export interface Desk {
  /** What a citation points at. @throws CollectError, StoreError when it is not there. */
  readonly read: (citation: Citation) => Promise<Cited>;
  /** A whole JSON document. */
  readonly json: (id: EvidenceId) => Promise<JsonValue>;
}

/** Opens a desk over an evidence store; parsed documents are kept up to `cacheBytes` of their source. */
export function openDesk(evidence: EvidenceStore, cacheBytes = 128 * 1024 * 1024): Desk {
  const documents = new CitedDocuments((id) => evidence.get(id), cacheBytes);
  return {
    read: (citation) => documents.resolve(citation),
    json: async (id) => (await documents.resolve(wholeOf(id, 'application/json'))) as JsonValue,
  };
}

function wholeOf(evidence: EvidenceId, mediaType: MediaType): Citation {
  return { evidence, pointer: '', media_type: mediaType };
}
