import type { Citation, Cited, EvidenceId, EvidenceStore, JsonValue } from '@infrafabric/protocol';
import { EvidenceReader } from '@infrafabric/collect';
import type { PlaceResult } from '@infrafabric/collect/live';
import type { WorkList } from '@infrafabric/finops';

/** Where an agent reads evidence: by hash, parsed once, never by path and never over the network. */
export interface Desk {
  /** The bytes of a piece of evidence, hashed again on the way. */
  readonly bytes: (id: EvidenceId) => Promise<Uint8Array>;
  /** What a citation of JSON or NDJSON points at. @throws CollectError, StoreError when it is not there. */
  readonly json: (citation: Citation) => Promise<JsonValue>;
  /** What many citations of JSON or NDJSON point at, in their order; each piece of evidence is read once. Fails like `json`. */
  readonly jsons: (citations: readonly Citation[]) => Promise<JsonValue[]>;
  /** A whole JSON document. */
  readonly document: (id: EvidenceId) => Promise<JsonValue>;
  /** What any citation of evidence points at. @throws CollectError, StoreError when it is not there. */
  readonly cited: (citation: Citation) => Promise<Cited>;
  /** Reads one place of an AWS account into evidence; absent where a worker has no credentials. Never throws for what AWS answers. */
  readonly live?: LiveReader;
}

/** Reads one account in one region, or the global operations of an account. */
export type LiveReader = (place: LivePlace, signal: AbortSignal) => Promise<PlaceResult>;

/** Where and since when to read. */
export type LivePlace = Omit<Extract<WorkList, { kind: 'collect-live' }>, 'kind'>;

/** Opens a desk over an evidence store; parsed documents are kept up to `cacheBytes` of their source. */
export function openDesk(
  evidence: Pick<EvidenceStore, 'get'>,
  live?: LiveReader,
  cacheBytes = 128 * 1024 * 1024,
): Desk {
  const reader = new EvidenceReader(evidence, cacheBytes);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reader parses by media type
  const json: Desk['json'] = async (citation) => (await reader.cited(citation)) as JsonValue;
  return {
    ...(live === undefined ? {} : { live }),
    bytes: (id) => evidence.get(id),
    json,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reader parses by media type
    jsons: async (citations) => (await reader.citedAll(citations)) as JsonValue[],
    document: (id) => json({ evidence: id, pointer: '', media_type: 'application/json' }),
    cited: (citation) => reader.cited(citation),
  };
}
