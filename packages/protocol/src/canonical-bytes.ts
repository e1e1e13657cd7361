import { canonicalJson } from './canonical.ts';
import type { JsonValue } from './json.ts';

/** The UTF-8 bytes of the canonical form; a document with long lists is written piece by piece, without a second copy of it. */
export function canonicalBytes(value: JsonValue | object): Uint8Array {
  if (!mayHaveLongList(value)) return encoder.encode(canonicalJson(value));
  const blocks = [...blocksOf(value)];
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1) return only;
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let length = 0;
  for (const block of blocks) {
    bytes.set(block, length);
    length += block.length;
  }
  return bytes;
}

/** Whether bytes are the canonical form of a value, as `canonicalBytes` writes it; neither is made whole. Throws as it does. */
export function isCanonicalForm(bytes: Uint8Array, value: JsonValue | object): boolean {
  let length = 0;
  for (const block of blocksOf(value)) {
    if (!standsAt(length, block, bytes)) return false;
    length += block.length;
  }
  return length === bytes.length;
}

function standsAt(start: number, block: Uint8Array, bytes: Uint8Array): boolean {
  for (let index = 0; index < block.length; index += 1) {
    if (bytes[start + index] !== block[index]) return false;
  }
  return true;
}

const encoder = new TextEncoder();

const mayHaveLongList = (value: Writable): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some((member) => Array.isArray(member) && member.length >= LONG);

/** Lists shorter than this are written with the document they stand in. */
const LONG = 64;

/** UTF-16 units gathered before they are encoded. */
const BLOCK_UNITS = 256 * 1024;

function* blocksOf(value: JsonValue | object): Generator<Uint8Array> {
  let pieces: string[] = [];
  let units = 0;
  for (const piece of piecesOf(value)) {
    pieces.push(piece);
    units += piece.length;
    if (units < BLOCK_UNITS) continue;
    yield encoder.encode(pieces.join(''));
    [pieces, units] = [[], 0];
  }
  if (units > 0) yield encoder.encode(pieces.join(''));
}

/** Texts that make up the canonical form: members by UTF-16 code units, as RFC 8785 section 3.2.3 orders them, long lists item by item. */
function* piecesOf(value: JsonValue | object): Generator<string> {
  const members = membersOf(value);
  if (members === undefined) {
    yield canonicalJson(value);
    return;
  }
  let before = '{';
  for (const [name, member] of members) {
    yield `${before}${canonicalJson(name)}:`;
    if (isLong(member)) yield* itemsOf(member);
    else yield canonicalJson(member);
    before = ',';
  }
  yield '}';
}

function* itemsOf(list: readonly Writable[]): Generator<string> {
  let before = '[';
  for (const item of list) {
    yield before;
    yield canonicalJson(item);
    before = ',';
  }
  yield ']';
}

/** What `canonicalJson` takes. */
type Writable = JsonValue | object;

/** The members in order, of an object with a long list; `undefined` for everything else, which is written as a whole. */
function membersOf(value: Writable): [string, Writable][] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'toJSON' in value) return undefined;
  const members: [string, unknown][] = Object.entries(value).filter(([, member]) => member !== undefined);
  if (!members.every(isWritable) || !members.some(([, member]) => isLong(member))) return undefined;
  return members.sort(([a], [b]) => (a < b ? -1 : 1));
}

const isWritable = (entry: [string, unknown]): entry is [string, Writable] => isValue(entry[1]);

const isValue = (value: unknown): value is Writable =>
  value !== undefined && typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';

const isLong = (member: unknown): member is Writable[] =>
  Array.isArray(member) && member.length >= LONG && member.every(isValue);
