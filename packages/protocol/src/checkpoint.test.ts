import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64url.ts';
import { noteKeyId, openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { sha256 } from './hash.ts';
import { admitPublicKey } from './key.ts';
import { signerFromSeed } from './signer.ts';
import { aSwarm, codeOf } from './testing/index.ts';

const { coordinator, pricing } = aSwarm().agents;
const key = coordinator.signer.publicKey;
const ORIGIN = 'infrafabric/test/s-1';
const head = { origin: ORIGIN, size: 10, root: sha256('root') };
const note = signCheckpoint(head, coordinator.signer);

/** The example of golang.org/x/mod/sumdb/note (package documentation, v0.29): key, text and signature line. */
const GO_SEED = fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz')!.slice(1);
const GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_SIGNATURE = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';

test('key id and signature of a note are those of the reference implementation', () => {
  const signer = signerFromSeed(GO_SEED);
  const id = noteKeyId('PeterNeumann', admitPublicKey(signer.publicKey));

  expect(Buffer.from(id).toString('hex')).toBe('c74f20a3');
  expect(toBase64(Uint8Array.of(...id, ...signer.signNote(GO_TEXT)))).toBe(GO_SIGNATURE);
});

test('a checkpoint is origin, size and root on three lines, an empty line and one signature', () => {
  const lines = note.split('\n');

  expect(lines.slice(0, 4)).toStrictEqual([ORIGIN, '10', toBase64(head.root), '']);
  expect(lines[4]).toMatch(/^— infrafabric\/test\/s-1 [A-Za-z0-9+/]{91}=$/u);
  expect(lines.slice(5)).toStrictEqual(['']);
  expect(openCheckpoint(note, ORIGIN, [key])).toStrictEqual(head);
});

test.each([
  ['another size', note.replace('\n10\n', '\n11\n'), 'CHECKPOINT_SIGNATURE'],
  ['a size with a leading zero', note.replace('\n10\n', '\n010\n'), 'CHECKPOINT_SHAPE'],
  ['another origin', note.replaceAll(ORIGIN, 'infrafabric/test/s-2'), 'CHECKPOINT_SHAPE'],
  ['an extension line', note.replace('\n\n', '\nmore\n\n'), 'CHECKPOINT_SHAPE'],
  ['no signature', note.slice(0, note.indexOf('—')), 'CHECKPOINT_SHAPE'],
  ['no last line end', note.slice(0, -1), 'CHECKPOINT_SHAPE'],
  ['no text', '', 'CHECKPOINT_SHAPE'],
])('a note with %s is refused', (_, text, code) => {
  expect(codeOf(() => openCheckpoint(text, ORIGIN, [key]))).toBe(code);
});

test('signatures of unknown keys are passed over, and alone they are not enough', () => {
  const foreign = signCheckpoint(head, pricing.signer).split('\n')[4]!;

  expect(openCheckpoint(`${note}${foreign}\n`, ORIGIN, [key])).toStrictEqual(head);
  expect(codeOf(() => openCheckpoint(note, ORIGIN, [pricing.signer.publicKey]))).toBe('CHECKPOINT_SIGNATURE');
  expect(codeOf(() => openCheckpoint(note, ORIGIN, []))).toBe('CHECKPOINT_SIGNATURE');
});

test('an origin with a space is not signed', () => {
  expect(codeOf(() => signCheckpoint({ ...head, origin: 'a b' }, coordinator.signer))).toBe('CHECKPOINT_SHAPE');
});
