import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { digestOf } from './hash.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Unsigned } from './message.ts';
import { openMessage, type OpenContext } from './open.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { sealMessage } from './seal.ts';
import { signerFromSeed, type Signer } from './signer.ts';
import type { TrustedKey, TrustStore } from './trusted-key.ts';
import { ANY_RESULT, type Agent, aRequest, aSwarm, anAnswer, anOpenedRequest, codeOf } from './testing/index.ts';

const swarm = aSwarm();
const { coordinator, pricing, budget } = swarm.agents;
const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** A request of the coordinator with some members changed before it is signed. */
const request = (over: object = {}): Unsigned => ({ ...aRequest(swarm), sequence: 0, prev_hash: null, ...over });

/** Signs any object as a message: what a hostile holder of the key can do. */
function signAnything(value: object, signer: Signer, signatureOver: object = {}): string {
  const signature = { algorithm: 'ed25519', key_id: signer.keyId, public_key: signer.publicKey, ...signatureOver };
  const signature_bytes = signer.sign(PAYLOAD_TYPE.message, Buffer.from(canonicalJson({ ...value, signature })));
  return canonicalJson({ ...value, signature: { signature_bytes, ...signature } });
}

const isOurs = (sha256: string): Partial<OpenContext> => ({ isOurRequest: (ref) => ref.sha256 === sha256 });

const opening = (wire: string, agent: Agent = pricing, over: Partial<OpenContext> = {}): string =>
  codeOf(() => openMessage(wire, agent.context(over)));

test('a sealed request opens at the role it is addressed to, and its identity is the hash of its wire', () => {
  const unsigned = request();
  const wire = sealMessage(unsigned, coordinator.signer);

  const opened = openMessage(new TextEncoder().encode(wire), pricing.context());

  const { signature, ...said } = opened.message;
  expect(said).toStrictEqual(unsigned);
  expect(signature.key_id).toBe(coordinator.signer.keyId);
  expect(opened).toMatchObject({ wire, sha256: digestOf(wire) });
});

test.each([
  ['a version 2', { if_bus: '2.0' }, 'BUS_VERSION_UNSUPPORTED'],
  ['a version 0', { if_bus: '0.9' }, 'BUS_VERSION_UNSUPPORTED'],
  ['a version that is none', { if_bus: 'one' }, 'BUS_SCHEMA'],
  ['a later minor version', { if_bus: '1.7' }, 'no error'],
  ['an unknown member', { colour: 'red' }, 'BUS_SCHEMA'],
  ['an unknown member __proto__', JSON.parse('{"__proto__":{}}'), 'BUS_SCHEMA'],
  ['a member of another type', { sequence: '0' }, 'BUS_SCHEMA'],
  ['a missing member', { content: undefined }, 'BUS_SCHEMA'],
  ['an unknown act', { performative: 'obey' }, 'BUS_SCHEMA'],
  ['an unknown task type', { content: { ...aRequest(swarm).content, task: { type: 'pricing.guess' } } }, 'BUS_SCHEMA'],
  ['extensions', { ext: { trace: { a: [1] } } }, 'no error'],
  ['an extension called critical', { ext: { trace: 1 }, critical: ['trace'] }, 'BUS_CRITICAL_UNKNOWN'],
  ['another conversation', { conversation_id: 'if://conversation/other' }, 'BUS_WRONG_CONVERSATION'],
  ['another receiver', { receiver: 'if://agent/x/pricing/9' }, 'BUS_WRONG_RECEIVER'],
  ['a timestamp 60 s ahead', { timestamp: swarm.nowMs + 60 * SECOND }, 'no error'],
  ['a timestamp 61 s ahead', { timestamp: swarm.nowMs + 61 * SECOND }, 'BUS_FROM_FUTURE'],
  ['an expiry 60 s ago', { timestamp: swarm.nowMs - DAY, expires_at: swarm.nowMs - 60 * SECOND }, 'no error'],
  ['an expiry 61 s ago', { timestamp: swarm.nowMs - DAY, expires_at: swarm.nowMs - 61 * SECOND }, 'BUS_EXPIRED'],
  ['an expiry before its timestamp', { expires_at: swarm.nowMs - 1 }, 'BUS_TIME_ORDER'],
  ['a life of 14 days', { expires_at: swarm.nowMs + 14 * DAY }, 'no error'],
  ['a life of 14 days and 1 ms', { expires_at: swarm.nowMs + 14 * DAY + 1 }, 'BUS_TTL'],
])('a well-signed request with %s gives its code', (_, over, code) => {
  const wire = signAnything(request(over), coordinator.signer);

  expect(opening(wire, pricing, { conversation: `if://conversation/${swarm.session}` })).toBe(code);
});

test.each([
  ['none', 'BUS_ALGORITHM'],
  ['Ed25519', 'BUS_ALGORITHM'],
  ['hs256', 'BUS_ALGORITHM'],
])('the algorithm %s is refused', (algorithm, code) => {
  expect(opening(signAnything(request(), coordinator.signer, { algorithm }))).toBe(code);
});

test.each([
  ['no signature at all', (value: JsonObject) => ({ ...value, signature: undefined })],
  ['no signature bytes', (value: JsonObject) => withBytes(value, undefined)],
  ['63 bytes', (value: JsonObject) => withBytes(value, 'A'.repeat(84))],
  ['65 bytes', (value: JsonObject) => withBytes(value, 'A'.repeat(87))],
  ['padded base64url', (value: JsonObject, bytes: string) => withBytes(value, `${bytes}==`)],
  ['standard base64', (value: JsonObject) => withBytes(value, `${'+'.repeat(85)}A`)],
  ['trailing bits', (value: JsonObject) => withBytes(value, `${'A'.repeat(85)}B`)],
  ['a number', (value: JsonObject) => withBytes(value, 7)],
])('a signature with %s is refused as BUS_SIGNATURE_SHAPE', (_, change) => {
  const value = JSON.parse(sealMessage(request(), coordinator.signer));
  const bytes: string = value.signature.signature_bytes;

  expect(opening(canonicalJson(change(value, bytes)))).toBe('BUS_SIGNATURE_SHAPE');
});

test('an unknown key is named before the shape of its signature', () => {
  const stranger = signerFromSeed(new Uint8Array(32).fill(7));
  const value: JsonObject = JSON.parse(sealMessage(request(), stranger));

  expect(opening(canonicalJson(withBytes(value, 'A')))).toBe('BUS_KEY_UNKNOWN');
});

test('a foreign key, and a foreign key under a known name, are refused', () => {
  const stranger = signerFromSeed(new Uint8Array(32).fill(7));
  const { keyId, publicKey } = coordinator.signer;

  expect(opening(sealMessage(request(), stranger))).toBe('BUS_KEY_UNKNOWN');
  expect(opening(signAnything(request(), stranger, { key_id: keyId }))).toBe('BUS_KEY_MISMATCH');
  expect(opening(signAnything(request(), stranger, { key_id: keyId, public_key: publicKey }))).toBe(
    'BUS_SIGNATURE_INVALID',
  );
});

test('a signature over another kind of document is refused', () => {
  const unsigned = request();
  const { signer } = coordinator;
  const signature = { algorithm: 'ed25519', key_id: signer.keyId, public_key: signer.publicKey };
  const body = Buffer.from(canonicalJson({ ...unsigned, signature }));
  const signature_bytes = signer.sign(PAYLOAD_TYPE.session, body);

  expect(opening(canonicalJson({ ...unsigned, signature: { ...signature, signature_bytes } }))).toBe(
    'BUS_SIGNATURE_INVALID',
  );
});

test.each([
  ['revoked an hour ago', { status: 'revoked', revoked_at: swarm.nowMs - 3600 * SECOND }, 'BUS_KEY_REVOKED'],
  ['revoked now', { status: 'revoked', revoked_at: swarm.nowMs }, 'BUS_KEY_REVOKED'],
  ['revoked later than the message is opened', { status: 'revoked', revoked_at: swarm.nowMs + 1 }, 'no error'],
  ['not valid yet', { not_before: swarm.nowMs + 1 }, 'BUS_KEY_NOT_VALID'],
  ['valid from now', { not_before: swarm.nowMs }, 'no error'],
  ['no longer valid', { not_after: swarm.nowMs }, 'BUS_KEY_NOT_VALID'],
  ['retiring', { status: 'retiring' }, 'no error'],
] as const)('a key that is %s', (_, over, code) => {
  const other = aSwarm('keys', (key, role) => (role === 'coordinator' ? { ...key, ...over } : key));
  const wire = other.agents.coordinator.sequence.seal(aRequest(other));

  expect(opening(wire, other.agents.pricing)).toBe(code);
});

test('an answer binds to the request it answers', () => {
  const asked = anOpenedRequest(swarm);
  const wire = pricing.sequence.seal(anAnswer(swarm, asked, { performative: 'inform', fence: 1, ...ANY_RESULT }));
  expect(opening(wire, coordinator, isOurs(asked.sha256))).toBe('no error');
  expect(opening(wire, coordinator, isOurs(digestOf('another request')))).toBe('BUS_REPLY_UNBOUND');
});

test.each([
  ['no citation', { citation: undefined }, 'EVIDENCE_MISSING'],
  ['an empty citation', { citation: null }, 'EVIDENCE_MISSING'],
  ['a hash that is none', { citation: { source_url: 'if://x', evidence_hash: 'sha256:xyz' } }, 'EVIDENCE_HASH_FORMAT'],
  ['a citation without hash', { citation: { source_url: 'if://x' } }, 'EVIDENCE_HASH_FORMAT'],
  ['a citation without source', { citation: { evidence_hash: digestOf('') } }, 'BUS_SCHEMA'],
])('an inform with %s is refused', (_, over, code) => {
  const draft = anAnswer(swarm, anOpenedRequest(swarm), { performative: 'inform', fence: 1, ...ANY_RESULT });
  const wire = signAnything({ ...draft, sequence: 0, prev_hash: null, ...over }, pricing.signer);

  expect(opening(wire, coordinator)).toBe(code);
});

test('what the receiver would refuse is not sealed', () => {
  expect(codeOf(() => sealMessage(request({ sequence: 0.5 }), coordinator.signer))).toBe('BUS_BAD_NUMBER');
  expect(codeOf(() => sealMessage(request({ ext: { name: '\uFFFE' } }), coordinator.signer))).toBe('BUS_BAD_STRING');
  expect(codeOf(() => sealMessage(request({ ext: { name: 'x'.repeat(200_000) } }), coordinator.signer))).toBe(
    'BUS_SIZE',
  );
  expect(codeOf(() => sealMessage(request({ receiver: 'everyone' }), coordinator.signer))).toBe('BUS_SCHEMA');
});

test('a sender whose address is not the subject of its key is refused', () => {
  const sender = budget.address;

  expect(opening(sealMessage(request({ sender }), coordinator.signer))).toBe('BUS_SENDER_MISMATCH');
});

function withBytes(value: JsonObject, signature_bytes: string | number | undefined): JsonObject {
  const signature = value['signature'];
  return { ...value, signature: { ...(isJsonObject(signature) ? signature : {}), signature_bytes } };
}

/** A trust store whose coordinator key counts what it verifies. */
function counted(trust: TrustStore = swarm.trust) {
  let verified = 0;
  const keys = new Map(
    [...trust.keys].map(([id, key]): [string, TrustedKey] => [
      id,
      { ...key, verify: (...asked) => ((verified += 1), key.verify(...asked)) },
    ]),
  );
  return { trust: { ...trust, keys }, verified: () => verified };
}

test('a signature that held is not computed again for the same bytes under the same key, and for nothing else', () => {
  const wire = sealMessage(request(), coordinator.signer);
  const [one, other] = [counted(), counted()];
  const opened = [one, one, other, one].map(({ trust }) => openMessage(wire, pricing.context({ trust })));

  expect([one.verified(), other.verified()]).toStrictEqual([2, 1]);
  expect(opened).toStrictEqual(Array.from({ length: 4 }, () => opened[0]));
  const changed = wire.replace('"as_of":"2026-11-20"', '"as_of":"2026-11-21"');
  expect(opening(changed, pricing, { trust: one.trust })).toBe('BUS_SIGNATURE_INVALID');
  expect(opening(changed, pricing, { trust: one.trust })).toBe('BUS_SIGNATURE_INVALID');
});

test('what may have changed since a message was opened is judged each time', () => {
  const wire = sealMessage(request(), coordinator.signer);
  const critical = signAnything(request({ ext: { trace: 1 }, critical: ['trace'] }), coordinator.signer);
  const revoked = aSwarm('swarm', (key, role) =>
    role === 'coordinator' ? { ...key, status: 'revoked', revoked_at: swarm.nowMs + DAY } : key,
  );
  const { trust } = revoked;
  const open = (over: Partial<OpenContext>): string => opening(wire, pricing, { trust, ...over });

  expect(open({})).toBe('no error');
  expect(open({ nowMs: swarm.nowMs + DAY })).toBe('BUS_KEY_REVOKED');
  expect(open({ nowMs: swarm.nowMs + DAY - 1, receivers: [] })).toBe('BUS_WRONG_RECEIVER');
  expect(open({ conversation: 'if://conversation/other' })).toBe('BUS_WRONG_CONVERSATION');
  expect(open({ nowMs: swarm.nowMs - 61 * SECOND })).toBe('BUS_FROM_FUTURE');
  expect(open({ trust: { ...trust, keys: new Map() } })).toBe('BUS_KEY_UNKNOWN');
  expect(opening(critical, pricing, { understood: ['trace'] })).toBe('no error');
  expect(opening(critical, pricing)).toBe('BUS_CRITICAL_UNKNOWN');
});
