import {
  type ContentRef,
  contentName,
  contentRef,
  evidenceId,
  type EvidenceStore,
  isInfraFabricError,
  MAX_CONTENT_BYTES,
  type ProtocolCode,
  ProtocolError,
  type SessionId,
} from '@infrafabric/protocol';

/** Keeps content too large for a message beside it (claim check), in the folder of its session's blobs. */
export interface Contents {
  /** Keeps canonical content, durably before it resolves; the same content is kept once. */
  keep(session: SessionId, bytes: Uint8Array): Promise<ContentRef>;
  /**
   * The content a verified message of the session refers to.
   * @throws ProtocolError `CLAIM_URI_FORBIDDEN`, `CLAIM_TOO_LARGE`, `CLAIM_MISSING`, `CLAIM_HASH_MISMATCH`; what may pass later.
   */
  fetch(session: SessionId, ref: ContentRef): Promise<Uint8Array>;
}

/** Where blobs of sessions are. */
export interface ContentPlace {
  readonly blobsOf: (session: SessionId) => EvidenceStore;
  readonly bucket: string;
  readonly tenant: string;
}

/** Contents among the blobs of their session: `s3://<bucket>/t/<tenant>/s/<session>/blob/<sha256>`. */
export function contentsIn({ blobsOf, bucket, tenant }: ContentPlace): Contents {
  const folderOf = (session: SessionId): string => `s3://${bucket}/t/${tenant}/s/${session}/blob/`;
  return {
    async keep(session, bytes) {
      await blobsOf(session).put(bytes);
      return contentRef(bytes, folderOf(session));
    },
    async fetch(session, ref) {
      const id = evidenceId(contentName(ref, folderOf(session)));
      try {
        return await blobsOf(session).get(id, MAX_CONTENT_BYTES);
      } catch (error) {
        throw isInfraFabricError(error) ? asClaim(error.code, ref.uri, error) : error;
      }
    },
  };
}

/** What the store says, in the words of the claim check. */
const CLAIM_CODES: Readonly<Record<string, ProtocolCode>> = {
  TOO_LARGE: 'CLAIM_TOO_LARGE',
  EVIDENCE_MISSING: 'CLAIM_MISSING',
  EVIDENCE_CORRUPT: 'CLAIM_HASH_MISMATCH',
};

function asClaim(code: string, where: string, cause: Error): Error {
  const claim = CLAIM_CODES[code];
  return claim === undefined ? cause : new ProtocolError(claim, { message: cause.message, where, cause });
}
