export { canonicalBytes, canonicalJson } from './canonical.ts';
export { Citation, Claim, DecimalString, DerivationRef, Figure, MediaType, defineDerivation } from './claim.ts';
export type { Cited, CsvTable, Derivation } from './claim.ts';
export { InfraFabricError, isInfraFabricError } from './errors.ts';
export type { ErrorDetail, ErrorKind } from './errors.ts';
export type { SessionEvent } from './event.ts';
export {
  ClaimId,
  Digest,
  EvidenceId,
  SessionId,
  TaskId,
  claimId,
  conversationId,
  evidenceHex,
  evidenceId,
} from './ids.ts';
export { isJsonObject } from './json.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { InReplyTo, InformContent, KeyId, Message, MessageCitation, RequestContent, Signature } from './message.ts';
export type { MessageOf, Performative, Unsigned } from './message.ts';
export type { Change, Clock, EvidenceStore, Expected, Ids, Observer, ReplayMemory, StateStore } from './ports.ts';
export { Role, WORKER_ROLES, WorkerRole } from './role.ts';
export { SessionRequest, SessionState, TaskSpec, TaskState, TaskType, isSessionOver, isTerminal } from './task.ts';
export type { Observation, SessionRecord, TaskRecord, TaskStatus } from './task.ts';
export { digestOf, sha256Hex } from './hash.ts';
export { isClaimIntact, makeClaim } from './make-claim.ts';
export { jsonPointer, resolvePointer } from './pointer.ts';
