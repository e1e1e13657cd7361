import { type EvidenceId, evidenceHex, evidenceId, sha256Hex } from '@infrafabric/protocol';
import { StoreError } from './errors.ts';

/** Bytes of the largest evidence kept whole; a larger input stays where it is and is cited by hash (64 MiB). */
export const MAX_EVIDENCE_BYTES = 64 * 1024 * 1024;

/** Names bytes by their hash. @throws StoreError `TOO_LARGE` above MAX_EVIDENCE_BYTES. */
export function nameOf(bytes: Uint8Array): { id: EvidenceId; hex: string } {
  if (bytes.byteLength > MAX_EVIDENCE_BYTES) {
    throw new StoreError('TOO_LARGE', {
      message: `expected evidence <= ${MAX_EVIDENCE_BYTES} bytes, got ${bytes.byteLength}`,
      fix: 'leave the input where it is and cite it by hash',
    });
  }
  const hex = sha256Hex(bytes);
  return { id: evidenceId(hex), hex };
}

/** Gives bytes back only when they hash to their name. @throws StoreError `EVIDENCE_CORRUPT`. */
export function checked(id: EvidenceId, bytes: Uint8Array): Uint8Array {
  const hex = sha256Hex(bytes);
  if (hex === evidenceHex(id)) return bytes;
  throw new StoreError('EVIDENCE_CORRUPT', {
    message: `expected bytes that hash to their name, got sha256 ${hex}`,
    where: id,
    fix: 'restore the object from its source; do not use a report that cites it',
  });
}

/** Refuses evidence of more bytes than the reader takes. @throws StoreError `TOO_LARGE`. */
export function refuseAbove(id: EvidenceId, bytes: number, most: number | undefined): void {
  if (most === undefined || bytes <= most) return;
  throw new StoreError('TOO_LARGE', { message: `expected at most ${most} bytes, got ${bytes} or more`, where: id });
}

/** The error for evidence that is not there. */
export function missing(id: EvidenceId, cause?: unknown): StoreError {
  return new StoreError('EVIDENCE_MISSING', { message: 'expected stored evidence, got nothing', where: id, cause });
}
