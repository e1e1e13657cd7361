import { z } from 'zod';
import { Digest, EvidenceId, TaskId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { TaskType } from './task.ts';

const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const count = z.int().min(0);
const ms = z.int().min(0);

/** Unpadded base64url of 32 bytes behind the algorithm name. */
export const PublicKeyText = z.string().regex(/^ed25519:[A-Za-z0-9_-]{43}$/);

/** `ed25519:` and the first 32 hex digits of sha256 of the raw public key. */
export const KeyId = z.string().regex(/^ed25519:[0-9a-f]{32}$/);
export type KeyId = z.infer<typeof KeyId>;

/** Unpadded base64url of the 64 bytes of a signature. */
export const SignatureText = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

/** The signature member; everything in a message but `signature_bytes` is signed. `public_key` is a hint, never trusted. */
export const Signature = z.strictObject({
  algorithm: z.literal('ed25519'),
  key_id: KeyId,
  public_key: PublicKeyText,
  signature_bytes: SignatureText,
});
export type Signature = z.infer<typeof Signature>;

const AgentUri = z
  .string()
  .max(200)
  .regex(/^if:\/\/agent\/[A-Za-z0-9._-]+\/[a-z-]+\/[A-Za-z0-9._-]+$/);
const Receiver = z.union([
  AgentUri,
  z
    .string()
    .max(200)
    .regex(/^if:\/\/role\/[a-z-]+$/),
]);

/** Where a result's bytes are, and their hash. `source_url` is an `if://` or `s3://` address. */
export const MessageCitation = z.strictObject({ source_url: z.string().min(1).max(512), evidence_hash: Digest });
export type MessageCitation = z.infer<typeof MessageCitation>;

/** `if://message/` and a UUID of version 4 or 7. */
export const MessageId = z
  .string()
  .regex(/^if:\/\/message\/[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export type MessageId = z.infer<typeof MessageId>;

/** Binds an answer to the exact request it answers: its id and the hash of its wire bytes. */
export const InReplyTo = z.strictObject({ message_id: MessageId, sha256: Digest });
export type InReplyTo = z.infer<typeof InReplyTo>;

const header = {
  /** `1.<minor>`: a minor version adds only names inside `ext` and acts announced in `critical`. */
  if_bus: z.string().regex(/^1\.(0|[1-9][0-9]{0,3})$/),
  message_id: MessageId,
  conversation_id: z
    .string()
    .max(200)
    .regex(/^if:\/\/conversation\/[A-Za-z0-9._-]+$/),
  /** `if://agent/<session or deployment>/<role>/<instance>`; must match the subject bound to the key. */
  sender: AgentUri,
  receiver: Receiver,
  timestamp: ms,
  expires_at: ms,
  /** Per sender instance and conversation, from 0; `prev_hash` is the hash of that sender's previous wire, null at 0. */
  sequence: count,
  prev_hash: Digest.nullable(),
  signature: Signature,
  ext: jsonObject.optional(),
  critical: z.array(z.string().max(128)).max(16).optional(),
};

const taskOfRequest = z.strictObject({ task_id: TaskId, dispatch: z.int().min(1), deadline: ms });
const taskOfAnswer = z.strictObject({ task_id: TaskId, dispatch: z.int().min(1), fence: z.int().min(1) });
const noCitation = { citation: MessageCitation.nullable() };
const reason = z.strictObject({ code: z.string().max(64), message: z.string().max(1000) });
const answer = { ...header, ...noCitation, in_reply_to: InReplyTo, task: taskOfAnswer };

/** The work order inside a request: the task, the context every judgement of it needs, and what it may read. */
export const RequestContent = z.strictObject({
  task: z.strictObject({ type: TaskType, service: z.string().max(40), region: z.string().max(40), input: EvidenceId }),
  context: jsonObject,
  evidence: z.array(EvidenceId).max(2000),
});

/** What an inform says about its result blob. */
export const InformContent = z.strictObject({
  result: z.strictObject({ sha256: Digest, size: count, media_type: z.literal('application/json') }),
});

/** Content that travels beside the message (claim check): where it is kept, and the hash and size of its canonical form. */
export const ContentRef = z.strictObject({
  uri: z.string().min(1).max(1024),
  sha256: Digest,
  size: count,
  media_type: z.literal('application/json'),
});
export type ContentRef = z.infer<typeof ContentRef>;

const request = z.strictObject({
  performative: z.literal('request'),
  ...header,
  ...noCitation,
  task: taskOfRequest,
  content: RequestContent,
});
const challenge = request.extend({ performative: z.literal('challenge') });
/** What a sender instance said that the session log has: how many messages, and the number of the last. */
const Said = z.strictObject({ sender: AgentUri, count: z.int().min(1), last_sequence: count });

/** How a session ended, and what everybody said in it until then. */
export const CloseContent = z.strictObject({ state: z.string().max(40), senders: z.array(Said).max(2000) });
export type CloseContent = z.infer<typeof CloseContent>;

const close = z.strictObject({
  performative: z.literal('close'),
  ...header,
  ...noCitation,
  content: CloseContent,
});
const beside = { content_ref: ContentRef };

/** One IF.bus message: a closed union on the act it performs. */
export const Message = z.discriminatedUnion('performative', [
  request,
  z.strictObject({ performative: z.literal('accept'), ...answer, content: z.strictObject({}) }),
  z.strictObject({
    performative: z.literal('progress'),
    ...answer,
    content: z.strictObject({ done: count, total: count }),
  }),
  z.strictObject({ performative: z.literal('inform'), ...answer, citation: MessageCitation, content: InformContent }),
  z.strictObject({
    performative: z.literal('refuse'),
    ...answer,
    task: taskOfRequest.omit({ deadline: true }),
    content: reason,
  }),
  z.strictObject({ performative: z.literal('failure'), ...answer, content: reason }),
  z.strictObject({
    performative: z.literal('cancel'),
    ...header,
    ...noCitation,
    task: z.strictObject({ task_id: TaskId }),
    content: reason,
  }),
  close,
  challenge,
  z.strictObject({ performative: z.literal('confirm'), ...answer, citation: MessageCitation, content: InformContent }),
  z.strictObject({
    performative: z.literal('disconfirm'),
    ...answer,
    citation: MessageCitation,
    content: InformContent,
  }),
  z.strictObject({
    performative: z.literal('not-understood'),
    ...header,
    ...noCitation,
    in_reply_to: InReplyTo,
    content: reason,
  }),
]);
export type Message = z.infer<typeof Message>;

/** Whether a message tells of a result. */
export const isResultAct = (message: Message): message is MessageOf<'inform' | 'confirm' | 'disconfirm'> =>
  ['inform', 'confirm', 'disconfirm'].includes(message.performative);

/** A message whose content travels beside it: the acts whose content has no small bound. */
export const Deferred = z.discriminatedUnion('performative', [
  request.omit({ content: true }).extend(beside),
  challenge.omit({ content: true }).extend(beside),
  close.omit({ content: true }).extend(beside),
]);
export type Deferred = z.infer<typeof Deferred>;

/** A message as it travels: with its content, or with where that is kept. */
export type Envelope = Message | Deferred;

/** Whether the content of a message travels beside it. */
export const isDeferred = (message: Envelope): message is Deferred => 'content_ref' in message;

/** The acts of IF.bus 1.0. */
export type Performative = Message['performative'];

/** A message of one act. */
export type MessageOf<P extends Performative> = Extract<Message, { performative: P }>;

/** A message without its signature: what a composer makes and `seal` signs. */
export type Unsigned<M extends Envelope = Envelope> = M extends Envelope ? Omit<M, 'signature'> : never;
