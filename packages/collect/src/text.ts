import { isUtf8 } from 'node:buffer';
import { CollectError } from './errors.ts';

const BYTE_ORDER_MARKS = [
  { name: 'UTF-16 (little endian)', bytes: [0xff, 0xfe] },
  { name: 'UTF-16 (big endian)', bytes: [0xfe, 0xff] },
] as const;

/**
 * The text of UTF-8 bytes, without a leading UTF-8 byte order mark. `name` is the input's name in messages.
 *
 * @throws CollectError `INPUT_EMPTY`; `INPUT_ENCODING` with the byte offset for UTF-16, bytes that are not UTF-8, and NUL.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  refuseForeignText(bytes, name);
  return new TextDecoder().decode(bytes);
}

/** Refuses what `decodeText` refuses, without making text of it. */
export function refuseForeignText(bytes: Uint8Array, name: string): void {
  if (bytes.length === 0) {
    throw new CollectError('INPUT_EMPTY', {
      message: 'expected text, got an empty file',
      where: name,
      fix: 'write the file again; an empty file often means a command that failed',
    });
  }
  for (const mark of BYTE_ORDER_MARKS) {
    if (mark.bytes.every((byte, index) => bytes[index] === byte)) throw wrongEncoding(name, 0, mark.name);
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw wrongEncoding(name, nul, 'a NUL byte');
  if (!isUtf8(bytes)) throw wrongEncoding(name, firstBadByte(bytes), 'bytes that are not UTF-8');
}

/** Decodes UTF-8 that comes in blocks; fails like `decodeText`, but for emptiness. */
export class TextBlocks {
  readonly #name: string;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #offset = 0;

  constructor(name: string) {
    this.#name = name;
  }

  push(block: Uint8Array): string {
    const nul = block.indexOf(0);
    if (nul >= 0) throw wrongEncoding(this.#name, this.#offset + nul, 'a NUL byte');
    try {
      const text = this.#decoder.decode(block, { stream: true });
      this.#offset += block.length;
      return text;
    } catch {
      throw wrongEncoding(this.#name, this.#offset + firstBadByte(block), 'bytes that are not UTF-8');
    }
  }

  /** Says that there are no more blocks: a character cut off at the end is refused. */
  end(): void {
    try {
      this.#decoder.decode();
    } catch {
      throw wrongEncoding(this.#name, this.#offset, 'a character cut off at the end');
    }
  }
}

function wrongEncoding(name: string, offset: number, got: string): CollectError {
  return new CollectError('INPUT_ENCODING', {
    message: `expected UTF-8, got ${got} at byte ${offset}`,
    where: `${name}, byte ${offset}`,
    fix: 'save the file as UTF-8 (PowerShell: Out-File -Encoding utf8)',
  });
}

/** Where the sequence that breaks UTF-8 begins: the length of the longest prefix of whole characters. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2);
    if (isPrefixOfUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle - 1;
  }
  while (!isUtf8(bytes.subarray(0, good))) good -= 1;
  return good;
}

function isPrefixOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
