import type { JsonValue } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { jsonDefect } from './json-defect.ts';

/**
 * Parses JSON text whose nesting was counted first. `name` is the input's name in messages, which never quote the text.
 *
 * @throws CollectError `INPUT_TOO_DEEP`; `INPUT_TRUNCATED` with the byte offset at which the text stops being JSON.
 */
export function parseJson(text: string, name: string, maxDepth: number): JsonValue {
  const tooDeep = depthBreach(text, maxDepth);
  if (tooDeep !== undefined) {
    throw new CollectError('INPUT_TOO_DEEP', {
      message: `expected JSON of at most ${maxDepth} levels, got more at byte ${byteOffset(text, tooDeep)}`,
      where: `${name}, byte ${byteOffset(text, tooDeep)}`,
      fix: 'remove the file; no AWS answer nests that deep',
    });
  }
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) throw notJson(text, name);
    throw error;
  }
}

/** Where `[` and `{` nest deeper than `maxDepth`, or `undefined`; one pass, blind to brackets in strings. */
function depthBreach(text: string, maxDepth: number): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1;
    if (depth > maxDepth) return index;
  }
  return undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index;
    if (code === BACKSLASH) index += 1;
  }
  return text.length;
}

function notJson(text: string, name: string): CollectError {
  const index = jsonDefect(text) ?? text.length;
  const offset = byteOffset(text, index);
  return new CollectError('INPUT_TRUNCATED', {
    message: `expected JSON, got text that ${index === text.length ? 'ends too early' : 'stops being JSON'} at byte ${offset}`,
    where: `${name}, byte ${offset}`,
    fix: 'collect the file again; a command that was interrupted leaves half an answer',
  });
}

/** Counted in the text, so a byte order mark before it is not in the offset. */
const byteOffset = (text: string, index: number): number => Buffer.byteLength(text.slice(0, index));
