/* Prints what signing and sealing one message costs, beside node:crypto alone on the same bytes. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { fromBase64Url } from '../src/base64url.ts';
import { canonicalBytes } from '../src/canonical-bytes.ts';
import { admitPublicKey } from '../src/key.ts';
import { openMessage } from '../src/open.ts';
import { preAuthEncoding } from '../src/pae.ts';
import { PAYLOAD_TYPE } from '../src/payload-type.ts';
import { sealMessage } from '../src/seal.ts';
import { aRequest, aSwarm } from '../src/testing/index.ts';
import { verifierOf } from '../src/verify-node.ts';

const ROUNDS = 15;
const CALLS = 300;

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const unsigned = { ...aRequest(swarm), sequence: 0, prev_hash: null };
const wire = sealMessage(unsigned, coordinator.signer);
const body = canonicalBytes(unsigned);
const framed = preAuthEncoding(PAYLOAD_TYPE.message, body);
const signature = fromBase64Url(coordinator.signer.sign(PAYLOAD_TYPE.message, body)) ?? new Uint8Array();
const holds = verifierOf(admitPublicKey(coordinator.signer.publicKey));
const raw = generateKeyPairSync('ed25519');
const rawSignature = sign(null, framed, raw.privateKey);
const context = pricing.context();

const rows: [string, () => unknown][] = [
  ['node:crypto sign', () => sign(null, framed, raw.privateKey)],
  ['node:crypto verify', () => verify(null, framed, raw.publicKey, rawSignature)],
  ['sign (framing, base64url)', () => coordinator.signer.sign(PAYLOAD_TYPE.message, body)],
  ['verify (framing, admission rule)', () => holds(preAuthEncoding(PAYLOAD_TYPE.message, body), signature)],
  ['seal (sign, canonical form, all checks)', () => sealMessage(unsigned, coordinator.signer)],
  ['open (all checks, verify)', () => openMessage(wire, context)],
];
const cost = new Map(rows.map(([name, act]) => [name, medianUs(act)]));

print(`one request of ${wire.length} bytes, Node ${process.versions.node}, median of ${ROUNDS} x ${CALLS} calls`);
for (const [name, us] of cost) print(`${us.toFixed(1).padStart(8)} us  ${name}`);
const ours = sum('sign (framing, base64url)', 'verify (framing, admission rule)');
const whole = sum('seal (sign, canonical form, all checks)', 'open (all checks, verify)');
const floor = sum('node:crypto sign', 'node:crypto verify');
print(`sign + verify ${ours.toFixed(1)} us = ${(ours / floor).toFixed(2)} x node:crypto (bar: 150 us)`);
print(`seal + open   ${whole.toFixed(1)} us = ${(whole / floor).toFixed(2)} x node:crypto`);

function medianUs(act: () => unknown): number {
  for (let call = 0; call < CALLS; call += 1) act();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let call = 0; call < CALLS; call += 1) act();
    return ((performance.now() - start) * 1000) / CALLS;
  });
  return rounds.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

function sum(...names: string[]): number {
  return names.reduce((total, name) => total + (cost.get(name) ?? Number.NaN), 0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
