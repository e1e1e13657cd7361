import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_LIMITS, admit } from './admission.ts';
import { toBase64Url } from './base64url.ts';
import { canonicalJson } from './canonical.ts';
import { isInfraFabricError } from './errors.ts';
import { admitPublicKey, publicKeyText } from './key.ts';
import { inclusionProof, isIncluded, leafHash, merkleRoot } from './merkle.ts';
import { preAuthEncoding } from './pae.ts';
import { signerFromSeed } from './signer.ts';
import { codeOf } from './testing/index.ts';
import { verifierOf as ruleA } from './verify-node.ts';
import { verifierOf as ruleB } from './verify-noble.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const DATA = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared');
const VECTORS = join(DATA, 'data/vectors');
const GOLDEN = join(DATA, 'trial/ifbus-golden.json');

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

interface Golden {
  private_seed_hex: string;
  payload_type: string;
  tbs_utf8: string;
  pae_sha256: string;
  signature_hex: string;
  wire: string;
  wire_sha256: string;
}
const golden = (): Golden => JSON.parse(readFileSync(GOLDEN, 'utf8'));

const absent = !existsSync(VECTORS);
const why = absent ? ' (skipped: the test data folder is absent, set INFRAFABRIC_TEST_DATA)' : '';

describe.skipIf(absent)(`published vectors${why}`, () => {
  test('Wycheproof ed25519: both verifiers are right on 151 of 151', () => {
    interface Group {
      publicKey: { pk: string };
      tests: { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' }[];
    }
    const { testGroups }: { testGroups: Group[] } = json('wycheproof/ed25519_test.json');
    const judged = testGroups.flatMap(({ publicKey, tests }) => {
      const key = admitPublicKey(publicKeyText(hex(publicKey.pk)));
      return tests.map((one) => ({
        tcId: one.tcId,
        expected: one.result === 'valid',
        a: ruleA(key)(hex(one.msg), hex(one.sig)),
        b: ruleB(key)(hex(one.msg), hex(one.sig)),
      }));
    });

    expect(judged).toHaveLength(151);
    expect(judged.filter(({ expected, a, b }) => a !== expected || b !== expected)).toStrictEqual([]);
  });

  test.each(['arrays', 'french', 'structures', 'unicode', 'values', 'weird'])('RFC 8785 %s.json', (name) => {
    const input = JSON.parse(readFileSync(join(VECTORS, `jcs/testdata/input/${name}.json`), 'utf8'));

    expect(canonicalJson(input)).toBe(readFileSync(join(VECTORS, `jcs/testdata/output/${name}.json`), 'utf8'));
  });

  test('RFC 8785 numbers: 10,000 of 10,000', () => {
    const lines = readFileSync(join(VECTORS, 'jcs/es6testfile_10k.txt'), 'utf8').trimEnd().split('\n');
    const wrong = lines.filter((line) => {
      const [bits = '', expected] = line.split(',');
      return canonicalJson([Buffer.from(bits.padStart(16, '0'), 'hex').readDoubleBE()]) !== `[${expected}]`;
    });

    expect(lines).toHaveLength(10_000);
    expect(wrong).toStrictEqual([]);
  });

  test('JSONTestSuite: admission crashes on nothing and accepts nothing that is not JSON', () => {
    const folder = join(VECTORS, 'JSONTestSuite/test_parsing');
    const answers = readdirSync(folder).map((name) => ({ name, code: answerTo(readFileSync(join(folder, name))) }));

    expect(answers).toHaveLength(318);
    expect(answers.filter(({ name, code }) => name.startsWith('n_') && code === 'no error')).toStrictEqual([]);
    expect(answers.filter(({ code }) => code === 'crash')).toStrictEqual([]);
    expect(answers.filter(({ code }) => code === 'no error').map(({ name }) => name)).toStrictEqual([
      'y_object_basic.json',
      'y_object_empty.json',
      'y_object_empty_key.json',
      'y_object_simple.json',
    ]);
  });

  test('RFC 6962: every root, and every proof of every leaf in every tree', () => {
    const {
      leaf_inputs_hex,
      node_hashes,
      root_by_size,
    }: {
      leaf_inputs_hex: string[];
      node_hashes: string[][];
      root_by_size: string[];
    } = json('merkle/rfc6962-vectors.json');
    const leaves = leaf_inputs_hex.map((input) => leafHash(hex(input)));

    expect(leaves.map(toHex)).toStrictEqual(node_hashes[0]);
    expect(root_by_size.map((_, size) => toHex(merkleRoot(leaves.slice(0, size))))).toStrictEqual(root_by_size);
    expect(inclusionProof(leaves, 5).map(toHex)).toStrictEqual([
      node_hashes[0]![4],
      node_hashes[1]![3],
      node_hashes[2]![0],
    ]);
    for (let size = 1; size <= leaves.length; size += 1) {
      const root = hex(root_by_size[size]!);
      for (let index = 0; index < size; index += 1) {
        const inclusion = { leaf: leaves[index]!, index, size, proof: inclusionProof(leaves.slice(0, size), index) };
        expect(isIncluded(inclusion, root)).toBe(true);
        expect(isIncluded({ ...inclusion, leaf: leafHash(hex('ff')) }, root)).toBe(false);
        expect(isIncluded({ ...inclusion, proof: [...inclusion.proof, root] }, root)).toBe(false);
        expect(isIncluded({ leaf: root, index: 0, size: size + 1, proof: [] }, root)).toBe(false);
        expect(size > 1 && isIncluded({ ...inclusion, index: (index + 1) % size }, root)).toBe(false);
      }
    }
  });
});

describe.skipIf(!existsSync(GOLDEN))(`the golden message${why}`, () => {
  test('has the canonical form, framing, signature and wire hash given for it', () => {
    const { private_seed_hex, payload_type, tbs_utf8, pae_sha256, signature_hex, wire, wire_sha256 } = golden();
    const { value } = admit(wire);
    const { signature_bytes, ...signature } = JSON.parse(wire).signature;
    const signer = signerFromSeed(hex(private_seed_hex));
    const tbs = canonicalJson({ ...value, signature });
    const pae = preAuthEncoding(payload_type, Buffer.from(tbs));

    expect(tbs).toBe(tbs_utf8);
    expect(sha256(pae)).toBe(pae_sha256);
    expect(sha256(wire)).toBe(wire_sha256);
    expect(signature_bytes).toBe(toBase64Url(hex(signature_hex)));
    expect(signer.sign(payload_type, Buffer.from(tbs))).toBe(signature_bytes);
    expect(signature).toStrictEqual({ algorithm: 'ed25519', key_id: signer.keyId, public_key: signer.publicKey });
    const key = admitPublicKey(signer.publicKey);
    expect([ruleA, ruleB].map((rule) => rule(key)(pae, hex(signature_hex)))).toStrictEqual([true, true]);
  });
});

function json(path: string) {
  return JSON.parse(readFileSync(join(VECTORS, path), 'utf8'));
}

function answerTo(bytes: Uint8Array): string {
  try {
    return codeOf(() => admit(bytes, DOCUMENT_LIMITS));
  } catch (error) {
    return isInfraFabricError(error) ? 'unexpected' : 'crash';
  }
}
