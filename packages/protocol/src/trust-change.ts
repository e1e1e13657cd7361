import type { TrustDocument } from './trust.ts';
import type { TrustKey } from './trusted-key.ts';
import { MAX_TTL_MS } from './time-window.ts';
import type { KeyId } from './message.ts';
import type { Role } from './role.ts';
import type { Signer } from './signer.ts';

/** How long a key and a trust document serve. Own bound. */
const KEY_LIFE_MS = 365 * 86_400_000;

/** A clock that was set back this far does not make a fresh key look like one from the future. Own bound. */
const BACKDATE_MS = 3_600_000;

/** The first trust document of an installation: a key for each role. */
export function firstTrust(keys: readonly TrustKey[], tenant: string, nowMs: number): TrustDocument {
  return { version: 1, tenant, expires_at: nowMs + KEY_LIFE_MS, keys: [...keys] };
}

/** The entry of a fresh key that speaks for every agent of a role. */
export function freshKey(role: Role, signer: Pick<Signer, 'keyId' | 'publicKey'>, nowMs: number): TrustKey {
  return {
    key_id: signer.keyId,
    public_key: signer.publicKey,
    subject: `if://agent/*/${role}/*`,
    roles: [role],
    not_before: Math.max(0, nowMs - BACKDATE_MS),
    not_after: nowMs + KEY_LIFE_MS,
    status: 'active',
  };
}

/**
 * The next document: `fresh` keys join, and the active keys of their roles retire. A retiring key verifies until no message it
 * signed can live any longer (14 days).
 */
export function withFreshKeys(document: TrustDocument, fresh: readonly TrustKey[], nowMs: number): TrustDocument {
  const roles = new Set(fresh.flatMap((key) => key.roles));
  const ids = new Set(fresh.map((key) => key.key_id));
  const kept = document.keys.filter((key) => !ids.has(key.key_id) && nowMs < key.not_after + KEY_LIFE_MS);
  const retired = kept.map((key) =>
    key.status === 'active' && key.roles.some((role) => roles.has(role)) ? retiring(key, nowMs) : key,
  );
  return next(document, [...retired, ...fresh], nowMs);
}

/** The next document: a key is refused from now on. `undefined` when the document has no such key. */
export function withRevoked(
  document: TrustDocument,
  keyId: KeyId,
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): TrustDocument | undefined {
  if (!document.keys.some((key) => key.key_id === keyId)) return undefined;
  const keys = document.keys.map((key): TrustKey =>
    key.key_id === keyId && key.status !== 'revoked' ? { ...key, status: 'revoked', revoked_at: nowMs, reason } : key,
  );
  return next(document, keys, nowMs);
}

function retiring(key: TrustKey, nowMs: number): TrustKey {
  return { ...key, status: 'retiring', not_after: Math.min(key.not_after, nowMs + MAX_TTL_MS) };
}

function next(document: TrustDocument, keys: readonly TrustKey[], nowMs: number): TrustDocument {
  return { ...document, version: document.version + 1, expires_at: nowMs + KEY_LIFE_MS, keys: [...keys] };
}
