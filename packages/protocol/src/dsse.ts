import { admit } from './admission.ts';
import { fromBase64Url, toBase64 } from './base64url.ts';
import { canonicalBytes } from './canonical-bytes.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { ProtocolError } from './protocol-error.ts';
import { readMessage } from './read-message.ts';

/** An envelope of DSSE v1 (secure-systems-lab/dsse envelope.md 1.0.2); `payload` and `sig` are padded standard base64. */
export interface DsseEnvelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/**
 * A bus message as a DSSE envelope with the same signature: any DSSE verifier that has the sender's key can check it.
 *
 * The payload is what was signed: the message without `signature_bytes`. Nothing is verified here.
 * @throws ProtocolError as `openMessage` does for the form of a message; `BUS_SIGNATURE_SHAPE`.
 */
export function dsseEnvelope(wire: string | Uint8Array): DsseEnvelope {
  const admitted = admit(wire);
  const { value } = admitted;
  const { signature: read } = readMessage(admitted);
  const { signature_bytes, ...signature } = signatureOf(value);
  const bytes = typeof signature_bytes === 'string' ? fromBase64Url(signature_bytes) : undefined;
  if (bytes === undefined) {
    throw new ProtocolError('BUS_SIGNATURE_SHAPE', {
      message: 'expected 64 bytes in unpadded base64url, got another text',
      where: '/signature/signature_bytes',
    });
  }
  return {
    payloadType: PAYLOAD_TYPE.message,
    payload: toBase64(canonicalBytes({ ...value, signature })),
    signatures: [{ keyid: read.key_id, sig: toBase64(bytes) }],
  };
}

const signatureOf = (value: JsonObject): JsonObject => (isJsonObject(value['signature']) ? value['signature'] : {});
