import { z } from 'zod';

/** `sha256:` and 64 lower-case hex digits. */
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256:<64 hex>');
export type Digest = z.infer<typeof Digest>;

/** Evidence is named by what it is: the sha256 of its bytes. */
export const EvidenceId = z
  .string()
  .regex(/^if:\/\/evidence\/sha256\/[0-9a-f]{64}$/, 'expected if://evidence/sha256/<64 hex>');
export type EvidenceId = z.infer<typeof EvidenceId>;

/** A claim is named by the sha256 of its canonical form without `id`. */
export const ClaimId = z.string().regex(/^if:\/\/claim\/sha256\/[0-9a-f]{64}$/, 'expected if://claim/sha256/<64 hex>');
export type ClaimId = z.infer<typeof ClaimId>;

/** `s-` and a UUIDv7: server-made, sortable by start, safe in a path and in a key. */
export const SessionId = z
  .string()
  .regex(/^s-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'expected s-<uuidv7>');
export type SessionId = z.infer<typeof SessionId>;

/** A task's name inside its session: `<role>/<what>/<where>/<shard>`, the same for the same plan. */
export const TaskId = z
  .string()
  .regex(/^[a-z0-9-]+(\/[A-Za-z0-9._-]+){1,5}$/)
  .max(160);
export type TaskId = z.infer<typeof TaskId>;

const EVIDENCE_PREFIX = 'if://evidence/sha256/';
const CLAIM_PREFIX = 'if://claim/sha256/';

/** Names evidence whose bytes hash to `hex`. */
export const evidenceId = (hex: string): EvidenceId => EVIDENCE_PREFIX + hex;

/** The hex digest inside an evidence id. */
export const evidenceHex = (id: EvidenceId): string => id.slice(EVIDENCE_PREFIX.length);

/** Names a claim whose canonical form without `id` hashes to `hex`. */
export const claimId = (hex: string): ClaimId => CLAIM_PREFIX + hex;

/** The conversation of a session: one session is one conversation. */
export const conversationId = (session: SessionId): string => `if://conversation/${session}`;
