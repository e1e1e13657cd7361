import { expect, test } from 'vitest';
import { signDocument } from './document.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { signerFromSeed } from './signer.ts';
import { openTrustDocument, type TrustDocument } from './trust.ts';
import { firstTrust, freshKey, withFreshKeys, withRevoked } from './trust-change.ts';

const DAY = 86_400_000;
const NOW = 1_795_132_800_000;
const signer = (byte: number) => signerFromSeed(new Uint8Array(32).fill(byte));
const root = signer(9);
const first = firstTrust([freshKey('pricing', signer(1), NOW), freshKey('budget', signer(2), NOW)], 'local', NOW);

const shown = ({ version, keys }: TrustDocument) => ({
  version,
  keys: keys.map(({ key_id, status, not_after }) => [key_id, status, (not_after - NOW) / DAY]),
});

test('a fresh key joins and the old key of its role retires for as long as a message may live', () => {
  const later = withFreshKeys(first, [freshKey('pricing', signer(3), NOW + DAY)], NOW + DAY);

  expect(shown(later)).toStrictEqual({
    version: 2,
    keys: [
      [signer(1).keyId, 'retiring', 15],
      [signer(2).keyId, 'active', 365],
      [signer(3).keyId, 'active', 366],
    ],
  });
  expect(openTrustDocument(signDocument(PAYLOAD_TYPE.trust, later, root), [root.keyId], NOW + DAY).version).toBe(2);
});

test('a retiring key keeps the end it was given, and a revoked one its revocation', () => {
  const rotated = withFreshKeys(first, [freshKey('pricing', signer(3), NOW)], NOW);
  const revoked = withRevoked(rotated, signer(3).keyId, { reason: 'stolen', nowMs: NOW + 5 })!;
  const again = withFreshKeys(revoked, [freshKey('pricing', signer(4), NOW + DAY)], NOW + DAY);
  const twice = withRevoked(again, signer(3).keyId, { reason: 'again', nowMs: NOW + 2 * DAY })!;

  expect(shown(twice)).toStrictEqual({
    version: 5,
    keys: [
      [signer(1).keyId, 'retiring', 14],
      [signer(2).keyId, 'active', 365],
      [signer(3).keyId, 'revoked', 365],
      [signer(4).keyId, 'active', 366],
    ],
  });
  expect(twice.keys[2]).toMatchObject({ revoked_at: NOW + 5, reason: 'stolen' });
});

test('keys that ended a year ago leave the document; a fresh key stands there once', () => {
  const later = NOW + 14 * DAY + 365 * DAY;
  const rotated = withFreshKeys(first, [freshKey('pricing', signer(3), NOW)], NOW);
  const renewed = withFreshKeys(rotated, [freshKey('pricing', signer(3), later)], later);

  expect(shown(renewed).keys.map(([id]) => id)).toStrictEqual([signer(2).keyId, signer(3).keyId]);
});

test('a key the document does not have cannot be revoked', () => {
  expect(withRevoked(first, signer(7).keyId, { reason: 'x', nowMs: NOW })).toBeUndefined();
});
