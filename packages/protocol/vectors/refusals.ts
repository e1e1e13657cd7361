import { canonicalBytes, canonicalJson, digestOf, openMessage, PAYLOAD_TYPE, signerFromSeed } from '../src/index.ts';
import type { BusCode } from '../src/protocol-error.ts';
import { refTo } from './claims.ts';
import { type Loose, signAs, signed, unsigned } from './signed.ts';
import { ANY_RESULT, aRequest, anAnswer, anOpenedRequest, type Swarm } from '../src/testing/index.ts';

/** A message that must be refused, and the code it must be refused with. */
export interface RefusalVector {
  readonly name: string;
  readonly code: BusCode;
  readonly receivers: readonly string[];
  /** The bytes of the message. */
  readonly wire_base64: string;
  /** As many letters x as stand at this place of the bytes besides; only where a vector would be too long to print. */
  readonly insert_x?: { readonly at: number; readonly count: number };
  /** The only conversation the receiver takes part in, where that is what is tested. */
  readonly conversation?: string;
  /** Hashes of the requests the receiver sent, where that is what is tested. */
  readonly requests?: readonly string[];
}

type Case = readonly [name: string, code: BusCode, wire: string | Uint8Array, more?: Partial<RefusalVector>];

const PRICING = ['if://role/pricing'];
const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** Every way a message is refused that one receiver can see in one message (table of refusals, in its order). */
export function refusalsOf(swarm: Swarm): RefusalVector[] {
  return [...formCases(swarm), ...schemaCases(swarm), ...keyCases(swarm), ...placeCases(swarm)].map(
    ([name, code, wire, more]) => ({
      name,
      code,
      receivers: PRICING,
      wire_base64: Buffer.from(wire).toString('base64'),
      ...more,
    }),
  );
}

function formCases(swarm: Swarm): Case[] {
  const wire = signed(swarm, {});
  const respelled = (from: string, to: string): string => changed(wire, from, to);
  return [
    ['no byte at all', 'BUS_SIZE', ''],
    ['one byte more than 196,608', 'BUS_SIZE', '{"a":""}', { insert_x: { at: 6, count: 196_608 - 7 } }],
    ['a byte that UTF-8 has not', 'BUS_ENCODING', Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff), Buffer.from('"}')])],
    ['an overlong encoding of a slash', 'BUS_ENCODING', Buffer.of(0x22, 0xc0, 0xaf, 0x22)],
    ['a byte order mark', 'BUS_ENCODING', `\uFEFF${wire}`],
    ['33 containers inside each other', 'BUS_TOO_DEEP', nested(33)],
    ['5,001 members', 'BUS_TOO_MANY', `{"a":[${Array.from({ length: 5_000 }, () => 0).join(',')}]}`],
    ['text that is not JSON', 'BUS_PARSE', 'if_bus'],
    ['a comma too many', 'BUS_PARSE', '{"a":1,}'],
    ['an array', 'BUS_SHAPE', '[]'],
    ['a string', 'BUS_SHAPE', '"{}"'],
    ['U+FFFE in a string', 'BUS_BAD_STRING', '{"a":"\uFFFE"}'],
    ['a lone surrogate, escaped', 'BUS_BAD_STRING', String.raw`{"a":"\ud800"}`],
    ['a name of 129 characters', 'BUS_BAD_STRING', `{"${'n'.repeat(129)}":1}`],
    ['a number with a fraction', 'BUS_BAD_NUMBER', '{"a":0.5}'],
    ['the number 2^53', 'BUS_BAD_NUMBER', '{"a":9007199254740992}'],
    ['minus zero', 'BUS_BAD_NUMBER', '{"a":-0}'],
    ['a number beyond all', 'BUS_BAD_NUMBER', '{"a":1e400}'],
    ['a space after a comma', 'BUS_NOT_CANONICAL', respelled(',', ', ')],
    ['a line end at the end', 'BUS_NOT_CANONICAL', `${wire}\n`],
    ['a member twice', 'BUS_NOT_CANONICAL', respelled('{', '{"citation":null,')],
    ['an escape where none is needed', 'BUS_NOT_CANONICAL', respelled('"if_bus"', String.raw`"\u0069f_bus"`)],
    ['a number spelled 0e0', 'BUS_NOT_CANONICAL', respelled('"sequence":0,', '"sequence":0e0,')],
    ['members out of order', 'BUS_NOT_CANONICAL', '{"b":1,"a":2}'],
  ];
}

const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

function schemaCases(swarm: Swarm): Case[] {
  const inform = informOf(swarm);
  const told = (over: Loose): [string, Partial<RefusalVector>] => [
    signAs(swarm.agents.pricing.signer, { ...inform, ...over }),
    { receivers: [swarm.agents.coordinator.address] },
  ];
  return [
    ['version 2.0', 'BUS_VERSION_UNSUPPORTED', signed(swarm, { if_bus: '2.0' })],
    ['version 0.9', 'BUS_VERSION_UNSUPPORTED', signed(swarm, { if_bus: '0.9' })],
    ['a member nobody knows', 'BUS_SCHEMA', signed(swarm, { colour: 'red' })],
    ['content of 65,537 bytes inside', 'BUS_SCHEMA', ...abridged(signed(swarm, { content: large(swarm) }))],
    ['content both inside and beside', 'BUS_SCHEMA', signed(swarm, { content_ref: refTo(swarm, aRequest(swarm).content) })],
    ['content beside an answer', 'BUS_SCHEMA', ...told({ content: undefined, content_ref: refTo(swarm, {}) })],
    ['a member missing', 'BUS_SCHEMA', signed(swarm, { content: undefined })],
    ['a member of another type', 'BUS_SCHEMA', signed(swarm, { sequence: '0' })],
    ['an act nobody knows', 'BUS_SCHEMA', signed(swarm, { performative: 'obey' })],
    ['a receiver that is everyone', 'BUS_SCHEMA', signed(swarm, { receiver: 'if://role/*' })],
    ['a critical name nobody knows', 'BUS_CRITICAL_UNKNOWN', signed(swarm, { ext: { x: 1 }, critical: ['x'] })],
    ['a critical name that ext lacks', 'BUS_CRITICAL_UNKNOWN', signed(swarm, { ext: {}, critical: ['x'] })],
    ['an inform without citation', 'EVIDENCE_MISSING', ...told({ citation: null })],
    ['a hash that is none', 'EVIDENCE_HASH_FORMAT', ...told({ citation: { source_url: 'if://x', evidence_hash: 'sha256:xyz' } })],
    ['an answer to a request nobody sent', 'BUS_REPLY_UNBOUND', told({})[0], { ...told({})[1], requests: [digestOf('another')] }],
    ['the algorithm none', 'BUS_ALGORITHM', signed(swarm, {}, { algorithm: 'none' })],
    ['the algorithm Ed25519', 'BUS_ALGORITHM', signed(swarm, {}, { algorithm: 'Ed25519' })],
  ];
}

function keyCases(swarm: Swarm): Case[] {
  const { coordinator, pricing } = swarm.agents;
  const stranger = signerFromSeed(new Uint8Array(32).fill(7));
  const { keyId: key_id, publicKey: public_key } = coordinator.signer;
  const wire = signed(swarm, {});
  const bytes: string = JSON.parse(wire).signature.signature_bytes;
  const withBytes = (other: string | undefined): string =>
    canonicalJson({ ...JSON.parse(wire), signature: { ...JSON.parse(wire).signature, signature_bytes: other } });
  return [
    ['a key nobody knows', 'BUS_KEY_UNKNOWN', signAs(stranger, unsigned(swarm, {}))],
    ['a known key id with another public key', 'BUS_KEY_MISMATCH', signAs(stranger, unsigned(swarm, {}), { key_id })],
    ['the signature of another key', 'BUS_SIGNATURE_INVALID', signAs(stranger, unsigned(swarm, {}), { key_id, public_key })],
    ['a changed member', 'BUS_SIGNATURE_INVALID', changed(wire, '"region":"eu-west-1"', '"region":"eu-west-2"')],
    ['the order of the group added to S', 'BUS_SIGNATURE_INVALID', withBytes(malleated(bytes))],
    ['the identity as R and nothing as S', 'BUS_SIGNATURE_INVALID', withBytes(Buffer.concat([Buffer.of(1), Buffer.alloc(63)]).toString('base64url'))],
    ['a signature of a document', 'BUS_SIGNATURE_INVALID', signAs(coordinator.signer, unsigned(swarm, {}), {}, PAYLOAD_TYPE.session)],
    ['no signature', 'BUS_SIGNATURE_SHAPE', canonicalJson({ ...JSON.parse(wire), signature: undefined })],
    ['63 bytes of signature', 'BUS_SIGNATURE_SHAPE', withBytes('A'.repeat(84))],
    ['padded base64url', 'BUS_SIGNATURE_SHAPE', withBytes(`${bytes}==`)],
    ['trailing bits that are not zero', 'BUS_SIGNATURE_SHAPE', withBytes(`${bytes.slice(0, -1)}B`)],
    ['a key that was revoked', 'BUS_KEY_REVOKED', signAs(swarm.agents.budget.signer, unsigned(swarm, {}))],
    ['a key that is not valid yet', 'BUS_KEY_NOT_VALID', signAs(swarm.agents.rightsizing.signer, unsigned(swarm, {}))],
    ['a sender that is not the subject of its key', 'BUS_SENDER_MISMATCH', signed(swarm, { sender: pricing.address })],
    ['an order by a worker', 'BUS_ROLE_FORBIDDEN', signAs(pricing.signer, { ...unsigned(swarm, {}), sender: pricing.address })],
    ['a task of another role', 'BUS_ROLE_FORBIDDEN', signed(swarm, { task: { task_id: 'budget/bill/0', dispatch: 1, deadline: 1 } })],
  ];
}

function placeCases(swarm: Swarm): Case[] {
  const { nowMs } = swarm;
  const conversation = `if://conversation/${swarm.session}`;
  return [
    ['another conversation', 'BUS_WRONG_CONVERSATION', signed(swarm, { conversation_id: 'if://conversation/other' }), { conversation }],
    ['another receiver', 'BUS_WRONG_RECEIVER', signed(swarm, {}), { receivers: ['if://role/budget'] }],
    ['an expiry before the timestamp', 'BUS_TIME_ORDER', signed(swarm, { expires_at: nowMs - 1 })],
    ['a life of 14 days and 1 ms', 'BUS_TTL', signed(swarm, { expires_at: nowMs + 14 * DAY + 1 })],
    ['a timestamp 60,001 ms ahead', 'BUS_FROM_FUTURE', signed(swarm, { timestamp: nowMs + 60_001, expires_at: nowMs + DAY })],
    ['an expiry 60,001 ms ago', 'BUS_EXPIRED', signed(swarm, { timestamp: nowMs - DAY, expires_at: nowMs - 60_001 })],
  ];
}

function changed(wire: string, from: string, to: string): string {
  if (!wire.includes(from)) throw new TypeError(`expected ${from} in the message`);
  return wire.replace(from, to);
}

function informOf(swarm: Swarm): Loose {
  const draft = anAnswer(swarm, anOpenedRequest(swarm), { performative: 'inform', fence: 1, ...ANY_RESULT });
  return { ...draft, sequence: 0, prev_hash: null };
}

/** L, the order of the base point (RFC 8032 section 5.1). */
const GROUP_ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

function malleated(signature: string): string {
  const raw = Buffer.from(signature, 'base64url');
  const s = BigInt(`0x${Buffer.from(raw.subarray(32)).reverse().toString('hex')}`) + GROUP_ORDER;
  const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([raw.subarray(0, 32), bytes]).toString('base64url');
}

/** Content of exactly one byte more than may travel inside. */
function large(swarm: Swarm): Loose {
  const { content } = aRequest(swarm);
  const missing = 65_537 - canonicalBytes({ ...content, context: { a: '' } }).length;
  return { ...content, context: { a: 'x'.repeat(missing) } };
}

/** A message without the longest row of letters x in it, and where they stand. */
function abridged(wire: string): [string, Partial<RefusalVector>] {
  const [letters = ''] = wire.match(/x{1000,}/) ?? [];
  return [wire.replace(letters, ''), { insert_x: { at: wire.indexOf(letters), count: letters.length } }];
}

/** Two messages of one id: the second must be refused with the code once the first was taken. */
export interface ReplayVector {
  readonly name: string;
  readonly code: 'BUS_DUPLICATE' | 'BUS_ID_REUSE';
  readonly receivers: readonly string[];
  readonly wires: readonly [first: string, second: string];
}

/** The refusals that need a memory. */
export function replaysOf(swarm: Swarm): ReplayVector[] {
  const value = unsigned(swarm, {});
  const first = signAs(swarm.agents.coordinator.signer, value);
  const other = signAs(swarm.agents.coordinator.signer, { ...value, sequence: 1, prev_hash: digestOf(first) });
  for (const wire of [first, other]) openMessage(wire, swarm.agents.pricing.context());
  return [
    { name: 'the same bytes again', code: 'BUS_DUPLICATE', receivers: PRICING, wires: [first, first] },
    { name: 'other bytes under a known id', code: 'BUS_ID_REUSE', receivers: PRICING, wires: [first, other] },
  ];
}
