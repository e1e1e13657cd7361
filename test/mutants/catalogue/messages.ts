import { inFile, type Mutant } from '../mutant.ts';

const open = inFile('packages/protocol/src/open.ts');
const authority = inFile('packages/protocol/src/authority.ts');
const time = inFile('packages/protocol/src/time-window.ts');
const admission = inFile('packages/protocol/src/admission.ts');
const read = inFile('packages/protocol/src/read-message.ts');

/** What a message is held against before any of it counts. */
export const MESSAGES: readonly Mutant[] = [
  {
    id: 'open-signature',
    safeguard: 'the signature of a message must hold',
    edits: open([
      'if (!key.verify(preAuthEncoding(PAYLOAD_TYPE.message, signed), bytes)) {',
      'if (signed.length === 0) {',
    ]),
  },
  {
    id: 'open-key-trusted',
    safeguard: 'the key of a message must be in the trust document; the one it carries is not believed',
    edits: open(
      [
        'import { refuseUnlessValid, type TrustedKey, type TrustStore }',
        'import { refuseUnlessValid, trustedKey, type TrustedKey, type TrustStore }',
      ],
      [
        'const key = context.trust.keys.get(key_id);',
        "const key = context.trust.keys.get(key_id) ?? trustedKey({ key_id, public_key, subject: 'if://agent/*/*/*', roles: ['coordinator', 'collector', 'pricing', 'rightsizing', 'upgrade-risk', 'budget'], not_before: 0, not_after: Number.MAX_SAFE_INTEGER, status: 'active' });",
      ],
    ),
  },
  {
    id: 'open-key-same',
    safeguard: 'the key a message carries must be the trusted one of its name',
    edits: open(['if (key.public_key !== public_key) {', 'if (key.public_key.length !== public_key.length) {']),
    coveredBy: ['open-signature'],
    undistinguished: 'a signature is verified under the trusted key, whatever key a message carries',
  },
  {
    id: 'open-key-valid',
    safeguard: 'a key is believed only in its time and until it is revoked',
    edits: open(['refuseUnlessValid(key, context.nowMs);', '']),
    undistinguished: 'no key of a simulated run begins, ends or is revoked in it',
  },
  {
    id: 'open-sender',
    safeguard: 'a sender must be one its key speaks for',
    edits: authority(['if (!matchesSubject(key.subject, message.sender)) {', 'if (message.sender.length === 0) {']),
    coveredBy: ['open-role'],
    undistinguished: 'the role in the address of a sender is held against its key as well',
  },
  {
    id: 'open-role',
    safeguard: 'the role of a sender must be one its key holds',
    edits: authority(['if (!key.roles.some((held) => held === role)) throw', 'if (role === undefined) throw']),
    coveredBy: ['open-sender'],
    undistinguished: 'the address of a sender is held against its key as well',
  },
  {
    id: 'open-side',
    safeguard: 'coordinators order and workers answer',
    edits: authority([
      "if ((role === 'coordinator' ? 'coordinator' : 'worker') !== side) {",
      'if (role.length === 0) {',
    ]),
  },
  {
    id: 'open-owner',
    safeguard: 'a worker answers only for tasks of its role',
    edits: authority([
      "if ('task' in message && roleOfTask(message.task.task_id) !== owner) {",
      'if (owner === undefined) {',
    ]),
  },
  {
    id: 'open-type',
    safeguard: 'an order goes to the role that owns its type',
    edits: authority(['if (!isDeferred(message)) refuseForeignType(message);', '']),
    coveredBy: ['open-signature'],
    undistinguished: 'no simulated coordinator orders a type of another role',
  },
  {
    id: 'open-receiver',
    safeguard: 'a message is taken only by whom it is for',
    edits: open(['if (!context.receivers.includes(message.receiver)) {', 'if (message.receiver.length === 0) {']),
  },
  {
    id: 'open-time',
    safeguard: 'a message is believed only in its time',
    edits: open(['refuseOutsideTime(message, context.nowMs);', '']),
  },
  {
    id: 'open-expired',
    safeguard: 'an expired message is refused',
    edits: time(['if (expires_at < nowMs - CLOCK_TOLERANCE_MS) {', 'if (expires_at < 0) {']),
    undistinguished: 'an order lives an hour and a simulated session a quarter of one',
  },
  {
    id: 'open-future',
    safeguard: 'a message from the future is refused',
    edits: time(['if (timestamp > nowMs + CLOCK_TOLERANCE_MS) {', 'if (timestamp < 0) {']),
  },
  {
    id: 'open-canonical',
    safeguard: 'a message has one spelling',
    edits: admission(['if (canonicalJson(value) !== text) {', 'if (text.length === 0) {']),
    undistinguished: 'needs a valid message in another spelling, which nobody without its key can make of it',
  },
  {
    id: 'open-schema',
    safeguard: 'a message has the members of its act and no others',
    edits: read([
      'const message = parsed.success ? parsed.data : readBehindSignature(value, parsed.error.issues);',
      'const message = (parsed.success ? parsed.data : value) as Envelope;',
    ]),
    undistinguished: 'needs a signed message that is none; the codec of every sender refuses to sign one',
  },
];
