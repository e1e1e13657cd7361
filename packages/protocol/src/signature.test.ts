import { Point } from '@noble/ed25519';
import { expect, test } from 'vitest';
import { admitPublicKey, keyIdOf, newSeed, publicKeyText } from './key.ts';
import { isAdmissibleSignature } from './signature-shape.ts';
import { signerFromSeed } from './signer.ts';
import { codeOf } from './testing/index.ts';
import { verifierOf as ruleA } from './verify-node.ts';
import { verifierOf as ruleB } from './verify-noble.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const both = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean[] =>
  [ruleA, ruleB].map((rule) => rule(key)(message, signature));

/** RFC 8032 section 7.1. */
const RFC_8032 = [
  {
    name: 'TEST 1',
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    name: 'TEST 2',
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
];

/** The order of the group (RFC 8032 section 5.1), little-endian arithmetic below. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Every encoding of the eight points of small order, canonical or not (libsodium `has_small_order`, 2024). */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].flatMap((encoding) => [encoding, encoding.slice(0, 62) + (parseInt(encoding.slice(62), 16) | 0x80).toString(16)]);

test.each(RFC_8032)('RFC 8032 $name: the key, the signature, and both verifiers', (vector) => {
  const signer = signerFromSeed(hex(vector.seed));

  expect(signer.publicKey).toBe(publicKeyText(hex(vector.key)));
  expect(Buffer.from(signer.signNote(Buffer.from(vector.message, 'hex').toString())).toString('hex')).toBe(
    vector.signature,
  );
  expect(both(hex(vector.key), hex(vector.message), hex(vector.signature))).toStrictEqual([true, true]);
});

test('a signature with the group order added to S is refused', () => {
  const { key, message, signature } = RFC_8032[1]!;
  const forged = hex(signature);
  const s = BigInt(`0x${Buffer.from(forged.slice(32).toReversed()).toString('hex')}`) + L;
  forged.set(hex(s.toString(16).padStart(64, '0')).toReversed(), 32);

  expect(both(hex(key), hex(message), forged)).toStrictEqual([false, false]);
});

test.each([0, 1, 31, 32, 63])('a signature with byte %i changed is refused', (at) => {
  const { key, message, signature } = RFC_8032[1]!;
  const forged = hex(signature);
  forged[at]! ^= 1;

  expect(both(hex(key), hex(message), forged)).toStrictEqual([false, false]);
});

test.each(SMALL_ORDER)('a key or an R of small order is refused: %s', (encoding) => {
  const point = hex(encoding);

  expect(codeOf(() => admitPublicKey(publicKeyText(point)))).toBe('TRUST_KEY_WEAK');
  expect(isAdmissibleSignature(Uint8Array.of(...point, ...new Uint8Array(32)))).toBe(false);
});

test('no second encoding of a point is let in as a key: y from the prime up', () => {
  const letIn = Array.from({ length: 19 }, (_, above) => [0x7f, 0xff].map((top) => [0xed + above, top] as const))
    .flat()
    .filter(
      ([low, top]) =>
        codeOf(() => admitPublicKey(publicKeyText(Uint8Array.of(low, ...new Uint8Array(30).fill(0xff), top)))) !==
        'TRUST_KEY_WEAK',
    );

  expect(letIn).toStrictEqual([]);
});

test('a key with a torsion part is refused', () => {
  const torsion = Point.fromHex(SMALL_ORDER[6]!);
  const mixed = Point.fromBytes(hex(RFC_8032[0]!.key)).add(torsion);

  expect(codeOf(() => admitPublicKey(publicKeyText(mixed.toBytes())))).toBe('TRUST_KEY_WEAK');
});

test.each([
  ['31 bytes', publicKeyText(new Uint8Array(31))],
  ['33 bytes', publicKeyText(new Uint8Array(33))],
  ['padding', `${publicKeyText(hex(RFC_8032[0]!.key))}=`],
  ['trailing bits', publicKeyText(hex(RFC_8032[0]!.key)).replace(/o$/, 'p')],
  ['no algorithm', publicKeyText(hex(RFC_8032[0]!.key)).slice('ed25519:'.length)],
  ['not on the curve', publicKeyText(Uint8Array.of(2, ...new Uint8Array(31)))],
])('a public key text with %s is refused', (_, text) => {
  expect(codeOf(() => admitPublicKey(text))).toBe('TRUST_KEY_WEAK');
});

test('a fresh seed makes a key that is let in under its own name', () => {
  const signer = signerFromSeed(newSeed());

  expect(keyIdOf(admitPublicKey(signer.publicKey))).toBe(signer.keyId);
});

test('a seed of another length is refused', () => {
  expect(codeOf(() => signerFromSeed(new Uint8Array(64)))).toBe('SEED_SHAPE');
});

test('a signer signs no note that reads as DSSE framing', () => {
  expect(() => signerFromSeed(newSeed()).signNote('DSSEv1 1 a 1 b')).toThrow(TypeError);
});
