import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { openDocument, signDocument } from './document.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { aSwarm, codeOf } from './testing/index.ts';

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const payload = { id: swarm.session, spent_usd: '1.25', steps: [1, 2] };
const text = signDocument(PAYLOAD_TYPE.session, payload, coordinator.signer);
const byCoordinator = { trust: swarm.trust, nowMs: swarm.nowMs, role: 'coordinator' } as const;
const opening = (document: string, by: Parameters<typeof openDocument>[2] = byCoordinator): string =>
  codeOf(() => openDocument(document, PAYLOAD_TYPE.session, by));
const changed = (change: (document: Parsed) => object): string => canonicalJson(change(JSON.parse(text)));

interface Parsed {
  payload: object;
  payload_type: string;
  signatures: { key_id: string; public_key: string; signature_bytes: string }[];
}

test('a signed document is canonical JSON of three members and opens for the role that signed it', () => {
  expect(text).toBe(canonicalJson(JSON.parse(text)));
  expect(Object.keys(JSON.parse(text))).toStrictEqual(['payload', 'payload_type', 'signatures']);
  expect(openDocument(text, PAYLOAD_TYPE.session, byCoordinator)).toStrictEqual({
    payload,
    signers: [coordinator.signer.keyId],
  });
});

test('a signature by a key of another role does not count', () => {
  expect(opening(signDocument(PAYLOAD_TYPE.session, payload, pricing.signer))).toBe('DOCUMENT_SIGNATURE');
  expect(opening(text, { ...byCoordinator, role: 'pricing' })).toBe('DOCUMENT_SIGNATURE');
});

test.each([
  ['a changed payload', changed((d) => ({ ...d, payload: { ...d.payload, steps: [1, 3] } })), 'DOCUMENT_SIGNATURE'],
  ['another type', changed((d) => ({ ...d, payload_type: PAYLOAD_TYPE.report })), 'DOCUMENT_TYPE'],
  ['no signature', changed((d) => ({ ...d, signatures: [] })), 'DOCUMENT_SHAPE'],
  ['an unknown member', changed((d) => ({ ...d, note: 1 })), 'DOCUMENT_SHAPE'],
  [
    'another public key',
    changed((d) => ({ ...d, signatures: [{ ...d.signatures[0], public_key: pricing.signer.publicKey }] })),
    'DOCUMENT_SIGNATURE',
  ],
  ['a float', text.replace('[1,2]', '[1,2.5]'), 'DOCUMENT_SHAPE'],
  ['a line end', `${text}\n`, 'DOCUMENT_SHAPE'],
  ['nothing', '', 'DOCUMENT_SHAPE'],
])('a document with %s is refused', (_, document, code) => {
  expect(opening(document)).toBe(code);
});

test('a foreign key under the name of a root, or of a trusted key, is refused', () => {
  const { keyId } = coordinator.signer;
  const foreign: Parsed = JSON.parse(signDocument(PAYLOAD_TYPE.session, payload, pricing.signer));
  const relabelled = canonicalJson({ ...foreign, signatures: [{ ...foreign.signatures[0], key_id: keyId }] });

  expect(opening(relabelled, { roots: [keyId] })).toBe('DOCUMENT_SIGNATURE');
  expect(opening(relabelled)).toBe('DOCUMENT_SIGNATURE');
});

test('a broken signature of a counted key refuses the document, even beside a good one', () => {
  const two: Parsed = JSON.parse(signDocument(PAYLOAD_TYPE.session, payload, coordinator.signer, pricing.signer));
  const [good, other] = two.signatures;
  const roots = [coordinator.signer.keyId, pricing.signer.keyId];
  const broken = canonicalJson({ ...two, signatures: [good, { ...other, signature_bytes: good!.signature_bytes }] });

  expect(opening(canonicalJson(two), { roots, threshold: 2 })).toBe('no error');
  expect(opening(broken, { roots })).toBe('DOCUMENT_SIGNATURE');
});

test('a key revoked before the judged time signs nothing; one revoked later did', () => {
  const revokedAt = swarm.nowMs;
  const other = aSwarm('revoked', (key, role) =>
    role === 'coordinator' ? { ...key, status: 'revoked', revoked_at: revokedAt } : key,
  );
  const signed = signDocument(PAYLOAD_TYPE.session, payload, other.agents.coordinator.signer);

  expect(opening(signed, { ...byCoordinator, trust: other.trust })).toBe('BUS_KEY_REVOKED');
  expect(opening(signed, { ...byCoordinator, trust: other.trust, nowMs: revokedAt - 1 })).toBe('no error');
});

test('a document with more than a message may hold is signed and opened', () => {
  const many = { files: Array.from({ length: 20_000 }, (_, at) => ({ path: `evidence/${at}`, bytes: at })) };
  const document = signDocument(PAYLOAD_TYPE.manifest, many, coordinator.signer);

  expect(openDocument(document, PAYLOAD_TYPE.manifest, byCoordinator).payload).toStrictEqual(many);
});
