import { createPublicKey, verify } from 'node:crypto';
import { dsse } from '@sigstore/core';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { dsseEnvelope } from './dsse.ts';
import { preAuthEncoding } from './pae.ts';
import { aRequest, aSwarm, codeOf } from './testing/index.ts';

const swarm = aSwarm('dsse');
const { coordinator } = swarm.agents;

/** The DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 10.1). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

test('an exported message verifies with the encoding of another library and a bare Ed25519', () => {
  const envelope = dsseEnvelope(coordinator.sequence.seal(aRequest(swarm)));
  const raw = Buffer.from(coordinator.signer.publicKey.slice('ed25519:'.length), 'base64url');
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  const signed = (payload: Buffer): Buffer => dsse.preAuthEncoding(envelope.payloadType, payload);
  const holds = (payload: Buffer): boolean =>
    verify(null, signed(payload), key, Buffer.from(envelope.signatures[0]!.sig, 'base64'));
  const payload = Buffer.from(envelope.payload, 'base64');
  const changed = Buffer.from(payload.toString().replace('"sequence":0', '"sequence":1'));

  expect([holds(payload), changed.equals(payload), holds(changed)]).toStrictEqual([true, false, false]);
  expect(envelope.signatures).toStrictEqual([{ keyid: coordinator.signer.keyId, sig: expect.any(String) }]);
});

test.each([
  ['text', 'application/vnd.in-toto+json', 'hello'],
  ['nothing', 'a/b', ''],
  ['text beyond ASCII', 'application/json', 'é🚀'],
])('our encoding of %s is the one of another library', (_, type, body) => {
  const bytes = Buffer.from(body);

  expect(Buffer.from(preAuthEncoding(type, bytes))).toStrictEqual(dsse.preAuthEncoding(type, bytes));
});

test('an envelope holds all of a message: the wire can be made from it again', () => {
  const wire = coordinator.sequence.seal({ ...aRequest(swarm), ext: { note: 'é'.repeat(60_000) } });
  const { payload, signatures } = dsseEnvelope(wire);

  const value = JSON.parse(Buffer.from(payload, 'base64').toString());
  value.signature.signature_bytes = Buffer.from(signatures[0]!.sig, 'base64').toString('base64url');
  expect(canonicalJson(value)).toBe(wire);
});

test.each([
  ['no JSON', '{', 'BUS_PARSE'],
  ['another spelling', ' {}', 'BUS_NOT_CANONICAL'],
  ['no message', '{"if_bus":"1.0"}', 'BUS_SCHEMA'],
])('%s is not exported', (_, text, code) => {
  expect(codeOf(() => dsseEnvelope(text))).toBe(code);
});
