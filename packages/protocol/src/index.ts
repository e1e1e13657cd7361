export { admit, DOCUMENT_LIMITS, MESSAGE_LIMITS } from './admission.ts';
export type { Admitted, AdmissionLimits } from './admission.ts';
export { canonicalBytes, isCanonicalForm } from './canonical-bytes.ts';
export { canonicalJson } from './canonical.ts';
export { Citation, Claim, DecimalString, DerivationRef, Figure, MediaType, defineDerivation } from './claim.ts';
export type { Cited, CsvTable, Derivation } from './claim.ts';
export { agentAddress, bindingTo, cancelOf, closeOf, deferred, replyTo, requestFor, roleAddress } from './compose.ts';
export type { Draft, Header, OpenedRequest, Reply, RequestHeader } from './compose.ts';
export { claimedOrigin } from './claimed-origin.ts';
export { claimedContentRef, contentName, contentRef, largeContent, MAX_CONTENT_BYTES, withContent } from './content.ts';
export { openCheckpoint, signCheckpoint } from './checkpoint.ts';
export { CHECKPOINT_EVERY, checkpointSizes, firstOtherCheckpoint, prefixRoots } from './checkpoints.ts';
export { gapsOf, saidIn } from './said.ts';
export type { Said } from './said.ts';
export type { Checkpoint } from './checkpoint.ts';
export { claimedSigners, openDocument, signDocument } from './document.ts';
export type { OpenedDocument, SignedBy } from './document.ts';
export { dsseEnvelope } from './dsse.ts';
export type { DsseEnvelope } from './dsse.ts';
export { CodedError, InfraFabricError, isInfraFabricError } from './errors.ts';
export type { ErrorDetail, ErrorKind, Recourse } from './errors.ts';
export type { DeadLetter, DeadLetters, DeadLetterWire } from './dead-letter.ts';
export type { AnalysisFigures, PlaceFigures, SessionEvent } from './event.ts';
export { digestOf, sha256Hex } from './hash.ts';
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
export { scanLimits } from './json-scan.ts';
export type { ScanLimits } from './json-scan.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { admitPublicKey, keyIdOf, newSeed, publicKeyText } from './key.ts';
export { isClaimIntact, makeClaim } from './make-claim.ts';
export {
  CloseContent,
  ContentRef,
  Deferred,
  InReplyTo,
  InformContent,
  KeyId,
  Message,
  MessageCitation,
  MessageId,
  RequestContent,
  Signature,
  isResultAct,
  isDeferred,
} from './message.ts';
export type { Envelope, MessageOf, Performative, Unsigned } from './message.ts';
export { inclusionProof, isIncluded, leafHash, merkleRoot } from './merkle.ts';
export type { Inclusion } from './merkle.ts';
export { unsupportedWords } from './narrative.ts';
export type { Support } from './narrative.ts';
export { openEnvelope, openMessage } from './open.ts';
export type { OpenContext, Opened } from './open.ts';
export { nearestWord } from './nearest-word.ts';
export { PAYLOAD_TYPE } from './payload-type.ts';
export type { DocumentType } from './payload-type.ts';
export { isHidden, plainText } from './plain-text.ts';
export { jsonPointer, resolvePointer } from './pointer.ts';
export { HISTORY_TABLES } from './history.ts';
export type {
  HistoryRange,
  HistoryRow,
  HistoryRows,
  HistorySnapshot,
  HistoryStore,
  HistoryTable,
  HistoryTableName,
  HistoryType,
} from './history.ts';
export type {
  Balance,
  Change,
  Clock,
  EvidenceStore,
  Expected,
  Ids,
  Ledger,
  Observer,
  ReplayMemory,
  SpanStart,
  StateStore,
  Tracer,
} from './ports.ts';
export { Traceparent, traceparentOf } from './traceparent.ts';
export { refusedWords } from './prose.ts';
export { ProtocolError } from './protocol-error.ts';
export type { BusCode, DocumentCode, LogCode, ProtocolCode, TrustCode } from './protocol-error.ts';
export { type Recent, recent } from './recent.ts';
export { refuseReplay, replayMemory } from './replay.ts';
export { Role, WORKER_ROLES, WorkerRole } from './role.ts';
export { sealMessage } from './seal.ts';
export { Sequence } from './sequence.ts';
export type { Position } from './sequence.ts';
export { readMessage } from './read-message.ts';
export { LogEntry, entryHash, judgeLog, logRoot, logText, nextEntry, parseLog } from './session-log.ts';
export type { LogVerdict } from './session-log.ts';
export { signerFromSeed } from './signer.ts';
export type { Signer } from './signer.ts';
export {
  Phase,
  SessionRequest,
  SessionState,
  TaskSpec,
  TaskState,
  TaskType,
  isChallengeType,
  isSessionOver,
  isTerminal,
} from './task.ts';
export type { Observation, SessionRecord, TaskRecord, TaskStatus } from './task.ts';
export { CLOCK_TOLERANCE_MS, MAX_TTL_MS, rememberUntilMs } from './time-window.ts';
export { firstTrust, freshKey, withFreshKeys, withRevoked } from './trust-change.ts';
export { TrustDocument, openTrustDocument } from './trust.ts';
export type { TrustRule } from './trust.ts';
export { TrustKey } from './trusted-key.ts';
export type { TrustStore, TrustedKey } from './trusted-key.ts';
