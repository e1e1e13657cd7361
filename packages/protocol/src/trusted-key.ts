import { z } from 'zod';
import { verifierOf } from '#verify';
import { admitPublicKey, keyIdOf } from './key.ts';
import { KeyId, PublicKeyText } from './message.ts';
import { ProtocolError } from './protocol-error.ts';
import { Role } from './role.ts';
import type { VerifySignature } from './signature-shape.ts';

const ms = z.int().min(0);

/**
 * One key of the trust document: who it speaks for, as what, and when.
 *
 * `subject` is an agent address in which an asterisk stands for any one segment. A `retiring` key still verifies but signs nothing new; a `revoked` one is refused from `revoked_at` on. Times are milliseconds since 1970.
 */
export const TrustKey = z
  .strictObject({
    key_id: KeyId,
    public_key: PublicKeyText,
    subject: z
      .string()
      .max(200)
      .regex(/^if:\/\/agent\/(\*|[A-Za-z0-9._-]+)\/(\*|[a-z-]+)\/(\*|[A-Za-z0-9._-]+)$/),
    roles: z.array(Role).min(1),
    not_before: ms,
    not_after: ms,
    status: z.enum(['active', 'retiring', 'revoked']),
    revoked_at: ms.optional(),
    reason: z.string().max(500).optional(),
  })
  .refine((key) => (key.status === 'revoked') === (key.revoked_at !== undefined), {
    path: ['revoked_at'],
    error: 'expected revoked_at exactly when status is revoked',
  });
export type TrustKey = z.infer<typeof TrustKey>;

/** A key of the trust document after admission, with its verifier. */
export interface TrustedKey extends TrustKey {
  readonly verify: VerifySignature;
}

/** The keys of one verified trust document. */
export interface TrustStore {
  readonly version: number;
  readonly tenant: string;
  readonly expiresAtMs: number;
  /** The root keys whose signatures were verified. */
  readonly roots: readonly KeyId[];
  readonly keys: ReadonlyMap<KeyId, TrustedKey>;
}

/**
 * Lets one key of the trust document in.
 * @throws ProtocolError `TRUST_KEY_WEAK`; `TRUST_SHAPE` when `key_id` is not the hash of the key.
 */
export function trustedKey(key: TrustKey): TrustedKey {
  const publicKey = admitPublicKey(key.public_key);
  if (keyIdOf(publicKey) !== key.key_id) {
    throw new ProtocolError('TRUST_SHAPE', {
      message: `expected key_id ${keyIdOf(publicKey)} for this public key, got ${key.key_id}`,
      where: key.key_id,
    });
  }
  return { ...key, verify: verifierOf(publicKey) };
}

/**
 * Refuses a key that was not to be believed at `atMs`.
 * @throws ProtocolError `BUS_KEY_REVOKED`, `BUS_KEY_NOT_VALID`.
 */
export function refuseUnlessValid(key: TrustKey, atMs: number): void {
  if (key.revoked_at !== undefined && atMs >= key.revoked_at) {
    throw new ProtocolError('BUS_KEY_REVOKED', {
      message: `expected a key in use, got one revoked at ${key.revoked_at}`,
      where: key.key_id,
    });
  }
  if (atMs < key.not_before || atMs >= key.not_after) {
    throw new ProtocolError('BUS_KEY_NOT_VALID', {
      message: `expected a key valid at ${atMs}, got one valid from ${key.not_before} to ${key.not_after}`,
      where: key.key_id,
    });
  }
}

/** Whether an agent address fits a subject, segment by segment. */
export function matchesSubject(subject: string, agent: string): boolean {
  const expected = subject.split('/');
  const actual = agent.split('/');
  return expected.length === actual.length && expected.every((part, at) => part === '*' || part === actual[at]);
}
