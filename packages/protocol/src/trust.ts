import { z } from 'zod';
import { openDocument, type SignedBy } from './document.ts';
import { isInfraFabricError } from './errors.ts';
import type { JsonValue } from './json.ts';
import type { KeyId } from './message.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { ProtocolError, type TrustCode } from './protocol-error.ts';
import { TrustKey, type TrustStore, type TrustedKey, trustedKey } from './trusted-key.ts';

/** Who may speak on the bus of one deployment; signed by root keys. `version` only grows; times are milliseconds since 1970. */
export const TrustDocument = z.strictObject({
  version: z.int().min(1),
  expires_at: z.int().min(0),
  tenant: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  keys: z.array(TrustKey).max(1000),
});
export type TrustDocument = z.infer<typeof TrustDocument>;

/** What a trust document must reach beyond a good signature. */
export interface TrustRule {
  /** Distinct root keys that must have signed; 1 unless given. */
  readonly threshold?: number;
  /** The highest version seen before; an older document is a rollback. */
  readonly minVersion?: number;
}

/**
 * Opens the signed trust document: everything the bus believes about keys comes from here.
 *
 * To judge an old report, `nowMs` is the time its log gives. `rootKeys` are pinned key ids.
 * @throws ProtocolError `TRUST_SHAPE`, `TRUST_SIGNATURE`, `TRUST_ROLLBACK`, `TRUST_EXPIRED`, `TRUST_KEY_WEAK`.
 */
export function openTrustDocument(
  text: string | Uint8Array,
  rootKeys: readonly KeyId[],
  nowMs: number,
  rule: TrustRule = {},
): TrustStore {
  const { payload, signers } = openSigned(text, { roots: rootKeys, threshold: rule.threshold ?? 1 });
  const document = readTrust(payload);
  if (document.version < (rule.minVersion ?? 0)) {
    throw refusal('TRUST_ROLLBACK', `expected version ${rule.minVersion} or later, got ${document.version}`);
  }
  if (nowMs >= document.expires_at) {
    throw refusal(
      'TRUST_EXPIRED',
      `expected a document in force at ${nowMs}, got one that ended ${document.expires_at}`,
    );
  }
  return {
    version: document.version,
    tenant: document.tenant,
    expiresAtMs: document.expires_at,
    roots: signers,
    keys: keysOf(document),
  };
}

function openSigned(text: string | Uint8Array, keys: SignedBy): ReturnType<typeof openDocument> {
  try {
    return openDocument(text, PAYLOAD_TYPE.trust, keys);
  } catch (cause) {
    if (!isInfraFabricError(cause) || cause.code === 'TRUST_KEY_WEAK') throw cause;
    const code = cause.code === 'DOCUMENT_SIGNATURE' ? 'TRUST_SIGNATURE' : 'TRUST_SHAPE';
    throw refusal(code, cause.message, cause);
  }
}

function readTrust(payload: JsonValue): TrustDocument {
  const parsed = TrustDocument.safeParse(payload);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refusal('TRUST_SHAPE', `expected a trust document, got ${issue?.message} at /${issue?.path.join('/')}`);
}

function keysOf(document: TrustDocument): ReadonlyMap<KeyId, TrustedKey> {
  const keys = new Map<KeyId, TrustedKey>();
  for (const key of document.keys) {
    if (keys.has(key.key_id)) throw refusal('TRUST_SHAPE', `expected each key once, got ${key.key_id} twice`);
    keys.set(key.key_id, trustedKey(key));
  }
  return keys;
}

function refusal(code: TrustCode, message: string, cause?: unknown): ProtocolError {
  return new ProtocolError(code, { message, where: 'trust document', cause });
}
