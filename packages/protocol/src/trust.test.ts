import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { claimedSigners, signDocument } from './document.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { signerFromSeed } from './signer.ts';
import { aSwarm, codeOf } from './testing/index.ts';
import { openTrustDocument } from './trust.ts';

const swarm = aSwarm();
const { root, trustDocument, trustText, nowMs } = swarm;
const second = signerFromSeed(new Uint8Array(32).fill(2));
const stranger = signerFromSeed(new Uint8Array(32).fill(3));
const signed = (over: object): string => signDocument(PAYLOAD_TYPE.trust, { ...trustDocument, ...over }, root);
const withKey = (over: object): string => signed({ keys: [{ ...trustDocument.keys[0], ...over }] });

test('a trust document signed by a pinned root opens into its keys', () => {
  const trust = openTrustDocument(trustText, [root.keyId], nowMs);

  expect([...trust.keys.values()].map((key) => ({ ...key, verify: undefined }))).toStrictEqual(
    trustDocument.keys.map((key) => ({ ...key, verify: undefined })),
  );
  expect(trust).toMatchObject({ version: 1, tenant: 'test', roots: [root.keyId] });
});

test.each([
  ['a root nobody pinned', trustText, [stranger.keyId], {}, 'TRUST_SIGNATURE'],
  ['no root pinned', trustText, [], {}, 'TRUST_SIGNATURE'],
  ['a changed byte', trustText.replace('"tenant":"test"', '"tenant":"tesT"'), [root.keyId], {}, 'TRUST_SIGNATURE'],
  ['another spelling', `${trustText} `, [root.keyId], {}, 'TRUST_SHAPE'],
  ['one signature of two', trustText, [root.keyId, second.keyId], { threshold: 2 }, 'TRUST_SIGNATURE'],
  ['a threshold of none', trustText, [root.keyId], { threshold: 0 }, 'TRUST_SIGNATURE'],
  ['an older version', trustText, [root.keyId], { minVersion: 2 }, 'TRUST_ROLLBACK'],
  ['the same version', trustText, [root.keyId], { minVersion: 1 }, 'no error'],
])('%s: %#', (...[, text, roots, rule, code]) => {
  expect(codeOf(() => openTrustDocument(text, roots, nowMs, rule))).toBe(code);
});

test('two roots reach a threshold of two; the same root twice does not', () => {
  const roots = [root.keyId, second.keyId];
  const both = signDocument(PAYLOAD_TYPE.trust, trustDocument, root, second);
  const twice = signDocument(PAYLOAD_TYPE.trust, trustDocument, root, root);

  expect(openTrustDocument(both, roots, nowMs, { threshold: 2 }).roots).toStrictEqual(roots);
  expect(codeOf(() => openTrustDocument(twice, roots, nowMs, { threshold: 2 }))).toBe('TRUST_SIGNATURE');
});

test('a trust document ends at its expiry', () => {
  const ends = trustDocument.expires_at;

  expect(codeOf(() => openTrustDocument(trustText, [root.keyId], ends - 1))).toBe('no error');
  expect(codeOf(() => openTrustDocument(trustText, [root.keyId], ends))).toBe('TRUST_EXPIRED');
});

test.each([
  ['version 0', signed({ version: 0 }), 'TRUST_SHAPE'],
  ['an unknown member', signed({ note: 'x' }), 'TRUST_SHAPE'],
  ['a key twice', signed({ keys: [trustDocument.keys[0], trustDocument.keys[0]] }), 'TRUST_SHAPE'],
  ['an unknown role', withKey({ roles: ['root'] }), 'TRUST_SHAPE'],
  ['no role', withKey({ roles: [] }), 'TRUST_SHAPE'],
  ['revoked without a time', withKey({ status: 'revoked' }), 'TRUST_SHAPE'],
  ['a key id of another key', withKey({ key_id: root.keyId }), 'TRUST_SHAPE'],
  ['a key of small order', withKey({ public_key: `ed25519:AQ${'A'.repeat(41)}` }), 'TRUST_KEY_WEAK'],
  ['a wildcard inside a segment', withKey({ subject: 'if://agent/s*/pricing/0' }), 'TRUST_SHAPE'],
])('a signed document with %s is refused', (_, text, code) => {
  expect(codeOf(() => openTrustDocument(text, [root.keyId], nowMs))).toBe(code);
});

test('a document of another kind, signed by the root, is no trust document', () => {
  const session = signDocument(PAYLOAD_TYPE.session, trustDocument, root);
  const relabelled = canonicalJson({ ...JSON.parse(session), payload_type: PAYLOAD_TYPE.trust });

  expect(codeOf(() => openTrustDocument(session, [root.keyId], nowMs))).toBe('TRUST_SHAPE');
  expect(codeOf(() => openTrustDocument(relabelled, [root.keyId], nowMs))).toBe('TRUST_SIGNATURE');
});

test('an unpinned document says who claims to have signed it', () => {
  expect(claimedSigners(trustText)).toStrictEqual([root.keyId]);
});
