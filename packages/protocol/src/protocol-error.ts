import { type ErrorKind, InfraFabricError } from './errors.ts';

/** Why a message on the bus is refused, in the order the checks are made: of several, the first wins. */
export type BusCode =
  | 'BUS_SIZE'
  | 'BUS_ENCODING'
  | 'BUS_TOO_DEEP'
  | 'BUS_TOO_MANY'
  | 'BUS_PARSE'
  | 'BUS_SHAPE'
  | 'BUS_BAD_STRING'
  | 'BUS_BAD_NUMBER'
  | 'BUS_NOT_CANONICAL'
  | 'BUS_VERSION_UNSUPPORTED'
  | 'BUS_SCHEMA'
  | 'EVIDENCE_MISSING'
  | 'EVIDENCE_HASH_FORMAT'
  | 'BUS_CRITICAL_UNKNOWN'
  | 'BUS_ALGORITHM'
  | 'BUS_KEY_UNKNOWN'
  | 'BUS_KEY_REVOKED'
  | 'BUS_KEY_NOT_VALID'
  | 'BUS_KEY_MISMATCH'
  | 'BUS_SIGNATURE_SHAPE'
  | 'BUS_SIGNATURE_INVALID'
  | 'BUS_SENDER_MISMATCH'
  | 'BUS_ROLE_FORBIDDEN'
  | 'BUS_WRONG_CONVERSATION'
  | 'BUS_WRONG_RECEIVER'
  | 'BUS_TIME_ORDER'
  | 'BUS_TTL'
  | 'BUS_FROM_FUTURE'
  | 'BUS_EXPIRED'
  | 'BUS_REPLY_UNBOUND'
  | 'BUS_DUPLICATE'
  | 'BUS_ID_REUSE'
  | 'CLAIM_URI_FORBIDDEN'
  | 'CLAIM_TOO_LARGE'
  | 'CLAIM_MISSING'
  | 'CLAIM_HASH_MISMATCH';

/** Why a trust document or a key is refused. */
export type TrustCode = 'TRUST_SHAPE' | 'TRUST_SIGNATURE' | 'TRUST_ROLLBACK' | 'TRUST_EXPIRED' | 'TRUST_KEY_WEAK';

/** Why another signed document is refused. */
export type DocumentCode = 'DOCUMENT_SHAPE' | 'DOCUMENT_TYPE' | 'DOCUMENT_SIGNATURE';

/** Why a session log or its checkpoint cannot be read or believed. */
export type LogCode = 'LOG_SHAPE' | 'CHECKPOINT_SHAPE' | 'CHECKPOINT_SIGNATURE';

/** Every code this package throws. */
export type ProtocolCode = BusCode | TrustCode | DocumentCode | LogCode | 'SEED_SHAPE';

/** A message, key or signed document that must not be believed. */
export class ProtocolError extends InfraFabricError<ProtocolCode> {
  readonly retry = 'never' as const;

  get kind(): ErrorKind {
    return this.code === 'TRUST_KEY_WEAK' || this.code === 'SEED_SHAPE' ? 'usage' : 'verification';
  }
}
