import { type JsonObject, canonicalJson, isJsonObject } from '@infrafabric/protocol';
import { CollectError } from '../errors.ts';
import { decodeText } from '../text.ts';
import { parseJson } from './json-text.ts';

/** Where a piece of an NDJSON file stands: for messages and limits. */
export interface LinesPlace {
  readonly name: string;
  /** Lines of the file before this piece. */
  readonly linesBefore: number;
  readonly maxDepth: number;
}

/** What became of one line: `redacted` is absent when it holds no secret. */
export interface LineRead {
  readonly redactions: number;
  readonly redacted?: JsonObject;
}

/** A piece of an NDJSON file, ready to store. Line numbers do not change. */
export interface LinesRead {
  readonly bytes: Uint8Array;
  readonly redactions: number;
  readonly lines: number;
}

/**
 * Reads NDJSON: hands every object to `read`, and puts its canonical form in place of a line that held secrets.
 *
 * Empty lines are counted and kept. `read` gets the line's place (`metrics.ndjson, line 3`) for its own refusals.
 * @throws CollectError `INPUT_ENCODING`, `INPUT_TRUNCATED`, `INPUT_TOO_DEEP`, `INPUT_LINE_SHAPE` for what is no object.
 */
export function readLines(
  bytes: Uint8Array,
  place: LinesPlace,
  read: (line: JsonObject, where: string) => LineRead,
): LinesRead {
  const text = decodeText(bytes, place.name);
  let redactions = 0;
  const lines = text.split('\n').map((line, index) => {
    if (line.trim() === '') return line;
    const where = `${place.name}, line ${place.linesBefore + index + 1}`;
    const result = read(objectOf(line, where, place.maxDepth), where);
    redactions += result.redactions;
    return result.redacted === undefined ? line : canonicalJson(result.redacted);
  });
  return {
    bytes: redactions === 0 ? bytes : new TextEncoder().encode(lines.join('\n')),
    redactions,
    lines: lines.length - 1,
  };
}

function objectOf(line: string, where: string, maxDepth: number): JsonObject {
  const value = parseJson(line, where, maxDepth);
  if (isJsonObject(value)) return value;
  throw lineShape(where, 'expected a JSON object a line, got another JSON value');
}

/** Refuses a line. */
export function lineShape(where: string, message: string): CollectError {
  return new CollectError('INPUT_LINE_SHAPE', { message, where, fix: 'correct the line, or remove it' });
}
