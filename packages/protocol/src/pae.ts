const encoder = new TextEncoder();

/**
 * The bytes that are signed: DSSE v1 pre-authentication encoding (secure-systems-lab/dsse protocol 1.0.2).
 *
 * The payload type is inside, so a signature over one kind of document never passes for another kind.
 */
export function preAuthEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const head = headOf(payloadType);
  const length = `${body.length} `;
  const bytes = new Uint8Array(head.length + length.length + body.length);
  bytes.set(head);
  for (let at = 0; at < length.length; at += 1) bytes[head.length + at] = length.charCodeAt(at);
  bytes.set(body, head.length + length.length);
  return bytes;
}

const HEADS = new Map<string, Uint8Array>();

/** What stands before the length of the body; there are as many as this process has types. */
function headOf(payloadType: string): Uint8Array {
  const known = HEADS.get(payloadType);
  if (known !== undefined) return known;
  const head = encoder.encode(`DSSEv1 ${encoder.encode(payloadType).length} ${payloadType} `);
  HEADS.set(payloadType, head);
  return head;
}
