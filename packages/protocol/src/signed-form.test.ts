import { isDeepStrictEqual } from 'node:util';
import { assert, constantFrom, dictionary, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import type { JsonObject } from './json.ts';
import { withoutSignatureBytes, withSignatureBytes } from './signed-form.ts';

const signature = { algorithm: 'ed25519', key_id: 'ed25519:0', public_key: 'ed25519:1' } as const;
const bytes = 'A_-9'.repeat(20);

/** Both ways of one message by handling its text, and by writing its value. */
function bothWays(message: JsonObject) {
  const signed = canonicalJson({ ...message, signature });
  const whole = { ...signature, signature_bytes: bytes };
  const wire = canonicalJson({ ...message, signature: whole });
  const byText = [
    withSignatureBytes(signed, message, signature, bytes),
    withoutSignatureBytes(wire, { ...message, signature: whole }, whole),
  ];
  return { byText, byValue: [wire, signed] };
}

const agrees = (message: JsonObject): boolean => {
  const { byText, byValue } = bothWays(message);
  return isDeepStrictEqual(byText, byValue);
};

test('puts in and takes out what the canonical form has, whatever else the message says', () => {
  const names = constantFrom('content', 'ext', 'sequence', 'signature_bytes', 'task', 'zz', '\u20ac');
  assert(property(dictionary(names, jsonValue()), (message) => agrees(JSON.parse(JSON.stringify(message)))));
  assert(property(string(), (text) => agrees({ content: text })));
});

test.each([
  ['the same signature elsewhere', { content: { signature: { ...signature, signature_bytes: bytes } } }],
  ['the signed signature elsewhere', { content: { signature } }],
  ['the same bytes elsewhere', { content: { a: 1, signature_bytes: bytes } }],
  ['the same text inside a string', { content: `,"signature_bytes":"${bytes}"` }],
])('is not misled by %s', (_what, message) => {
  const { byText, byValue } = bothWays(message);
  expect(byText).toStrictEqual(byValue);
});
