import type { Citation, Cited, EvidenceId, EvidenceStore, JsonValue } from '@infrafabric/protocol';
import { EvidenceReader } from '@infrafabric/collect';

/** Where an agent reads evidence: by hash, parsed once, never by path and never over the network. */
export interface Desk {
  /** The bytes of a piece of evidence, hashed again on the way. */
  readonly bytes: (id: EvidenceId) => Promise<Uint8Array>;
  /** What a citation points at. @throws CollectError, StoreError when it is not there. */
  readonly read: (citation: Citation) => Promise<Cited>;
  /** A whole JSON document. */
  readonly json: (id: EvidenceId) => Promise<JsonValue>;
}

/** Opens a desk over an evidence store; parsed documents are kept up to `cacheBytes` of their source. */
export function openDesk(evidence: Pick<EvidenceStore, 'get'>, cacheBytes = 128 * 1024 * 1024): Desk {
  const reader = new EvidenceReader(evidence, cacheBytes);
  return {
    bytes: (id) => evidence.get(id),
    read: (citation) => reader.cited(citation),
    json: async (id) =>
      (await reader.cited({ evidence: id, pointer: '', media_type: 'application/json' })) as JsonValue,
  };
}
