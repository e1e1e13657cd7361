import { refuseForeignText } from './text.ts';

/** The lines of a UTF-8 text, as they are asked for: the bytes stay as they are and only the lines read become text. */
export interface TextLines {
  readonly count: number;
  /** A line without its line feed, from 0; `undefined` past the last. */
  readonly at: (index: number) => string | undefined;
}

const LINE_FEED = 0x0a;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** Finds the lines of UTF-8 bytes, which must not change afterwards. Fails like `decodeText`; a byte order mark is in no line. */
export function textLines(bytes: Uint8Array, name: string): TextLines {
  refuseForeignText(bytes, name);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = UTF8_MARK.every((byte, index) => buffer[index] === byte) ? UTF8_MARK.length : 0;
  const starts = [first];
  for (let end = buffer.indexOf(LINE_FEED, first); end >= 0; end = buffer.indexOf(LINE_FEED, end + 1)) {
    starts.push(end + 1);
  }
  return {
    count: starts.length,
    at(index) {
      const start = starts[index];
      if (start === undefined) return undefined;
      return buffer.toString('utf8', start, (starts[index + 1] ?? buffer.length + 1) - 1);
    },
  };
}
