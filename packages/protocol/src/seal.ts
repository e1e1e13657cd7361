import { parseWithinProfile } from './admission.ts';
import { canonicalJson } from './canonical.ts';
import type { Unsigned } from './message.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { readMessage } from './read-message.ts';
import { withSignatureBytes } from './signed-form.ts';
import type { Signer } from './signer.ts';

const encoder = new TextEncoder();

/**
 * Signs a message and writes its wire form: canonical JSON in which everything but `signature_bytes` is signed.
 *
 * What it writes has passed the receiver's own checks of size, profile and schema, so nothing unsendable is signed.
 * @throws ProtocolError with the code the receiver would give.
 */
export function sealMessage(unsigned: Unsigned, signer: Signer): string {
  const signature = { algorithm: 'ed25519', key_id: signer.keyId, public_key: signer.publicKey } as const;
  const signed = canonicalJson({ ...unsigned, signature });
  const signatureBytes = signer.sign(PAYLOAD_TYPE.message, encoder.encode(signed));
  const wire = withSignatureBytes(signed, unsigned, signature, signatureBytes);
  readMessage(parseWithinProfile(wire));
  return wire;
}
