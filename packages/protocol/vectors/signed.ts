import { canonicalJson, PAYLOAD_TYPE, type Signer } from '../src/index.ts';
import { aRequest, type Swarm } from '../src/testing/index.ts';

/** Any members, also ones that no message has. */
export type Loose = Record<string, unknown>;

/** A request by the coordinator, as the one whose number is 0. */
export function unsigned(swarm: Swarm, over: Loose): Loose {
  const deadline = { task_id: 'pricing/ec2/eu-west-1/0', dispatch: 1, deadline: swarm.nowMs };
  return { ...aRequest(swarm), task: deadline, sequence: 0, prev_hash: null, ...over };
}

/** A signed request by the coordinator, whatever it says. */
export function signed(swarm: Swarm, over: Loose, signature: Loose = {}): string {
  return signAs(swarm.agents.coordinator.signer, unsigned(swarm, over), signature);
}

/** Signs anything as whoever holds the key can; the receiver is what must refuse it. */
export function signAs(signer: Signer, value: Loose, over: Loose = {}, type: string = PAYLOAD_TYPE.message): string {
  const signature = { algorithm: 'ed25519', key_id: signer.keyId, public_key: signer.publicKey, ...over };
  const signature_bytes = signer.sign(type, Buffer.from(canonicalJson({ ...value, signature })));
  return canonicalJson({ ...value, signature: { ...signature, signature_bytes } });
}
