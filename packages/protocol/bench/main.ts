/* Prints what signing and sealing one message costs, beside node:crypto alone on the same bytes. No message is opened twice: opening remembers what held. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { fromBase64Url } from '../src/base64url.ts';
import { canonicalBytes } from '../src/canonical-bytes.ts';
import { canonicalJson } from '../src/canonical.ts';
import { admitPublicKey } from '../src/key.ts';
import { openMessage } from '../src/open.ts';
import { preAuthEncoding } from '../src/pae.ts';
import { PAYLOAD_TYPE } from '../src/payload-type.ts';
import { sealMessage } from '../src/seal.ts';
import { aRequest, aSwarm } from '../src/testing/index.ts';
import { verifierOf } from '../src/verify-node.ts';

const ROUNDS = 11;
const CALLS = 300;

/** The bars: sign and verify within 150 us; seal and open at most 1.3 x of the bare steps. */
const SIGN_VERIFY_US = 150;
const SEAL_OPEN_RATIO = 1.3;

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const { signer } = coordinator;
const raw = generateKeyPairSync('ed25519');
const messages = Array.from({ length: CALLS * (ROUNDS + 1) }, () => {
  const unsigned = { ...aRequest(swarm), sequence: 0, prev_hash: null };
  const body = canonicalBytes(unsigned);
  const framed = preAuthEncoding(PAYLOAD_TYPE.message, body);
  return {
    unsigned,
    body,
    framed,
    wire: sealMessage(unsigned, signer),
    signature: fromBase64Url(signer.sign(PAYLOAD_TYPE.message, body)) ?? new Uint8Array(),
    rawSignature: sign(null, framed, raw.privateKey),
  };
});
type Made = (typeof messages)[number];
const holds = verifierOf(admitPublicKey(signer.publicKey));
const context = pricing.context();

const rows: [string, (made: Made) => unknown][] = [
  ['node:crypto sign', ({ framed }) => sign(null, framed, raw.privateKey)],
  ['node:crypto verify', ({ framed, rawSignature }) => verify(null, framed, raw.publicKey, rawSignature)],
  ['canonical form, written', ({ unsigned }) => canonicalJson(unsigned)],
  ['canonical form, parsed and written', ({ wire }) => canonicalJson(JSON.parse(wire))],
  ['sign (framing, base64url)', ({ body }) => signer.sign(PAYLOAD_TYPE.message, body)],
  [
    'verify (framing, admission rule)',
    ({ body, signature }) => holds(preAuthEncoding(PAYLOAD_TYPE.message, body), signature),
  ],
  ['seal (sign, canonical form, all checks)', ({ unsigned }) => sealMessage(unsigned, signer)],
  ['open (all checks, verify)', ({ wire }) => openMessage(wire, context)],
];
const cost = measured();

print(
  `requests of ${messages[0]?.wire.length} bytes, Node ${process.versions.node}, processor time, median of ${ROUNDS} x ${CALLS} calls`,
);
for (const [name, us] of cost) print(`${us.toFixed(1).padStart(8)} us  ${name}`);
const bare = sum('node:crypto sign', 'node:crypto verify');
const ours = sum('sign (framing, base64url)', 'verify (framing, admission rule)');
const whole = sum('seal (sign, canonical form, all checks)', 'open (all checks, verify)');
const floor = bare + sum('canonical form, written', 'canonical form, parsed and written');
print(`sign + verify ${ours.toFixed(1)} us (bar ${SIGN_VERIFY_US} us) = ${(ours / bare).toFixed(2)} x node:crypto`);
print(
  `seal + open   ${whole.toFixed(1)} us = ${(whole / floor).toFixed(2)} x node:crypto and both canonical forms (bar ${SEAL_OPEN_RATIO} x)`,
);

/** Processor time of one call, the median over rounds in which every row has its turn; the first round warms up. */
function measured(): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>(rows.map(([name]) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    const own = messages.slice(round * CALLS, (round + 1) * CALLS);
    for (const [name, act] of rows) {
      const start = process.cpuUsage();
      for (const made of own) act(made);
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times.get(name)?.push((user + system) / CALLS);
    }
  }
  return new Map([...times].map(([name, all]) => [name, all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0]));
}

function sum(...names: string[]): number {
  return names.reduce((total, name) => total + (cost.get(name) ?? Number.NaN), 0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
