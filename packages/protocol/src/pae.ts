const encoder = new TextEncoder();

/**
 * The bytes that are signed: DSSE v1 pre-authentication encoding (secure-systems-lab/dsse protocol 1.0.2).
 *
 * The payload type is inside, so a signature over one kind of document never passes for another kind.
 */
export function preAuthEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const type = encoder.encode(payloadType);
  const head = encoder.encode(`DSSEv1 ${type.length} ${payloadType} ${body.length} `);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
