import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** `sha256:<hex>` of a text's UTF-8 or of bytes. */
export const digestOf = (data: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** The RFC 8785 form of a value out of `JSON.parse`; undefined when it has none. */
export function canonicalText(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch {
    return undefined;
  }
}

const EVIDENCE = 'if://evidence/sha256/';

/** The digest in an evidence id; a digest stays one. */
export const digestIn = (id: string): string => (id.startsWith(EVIDENCE) ? `sha256:${id.slice(EVIDENCE.length)}` : id);
