import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import type { Reply } from './compose.ts';
import { isInfraFabricError } from './errors.ts';
import { isJsonObject, type JsonValue } from './json.ts';
import { openMessage } from './open.ts';
import { jsonPointer, resolvePointer } from './pointer.ts';
import { ANY_RESULT, aRequest, aSwarm, anAnswer, anOpenedRequest } from './testing/index.ts';

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const asked = anOpenedRequest(swarm);
const answer = (reply: Reply): string => pricing.sequence.seal(anAnswer(swarm, asked, reply));

const SPECIMENS = [
  {
    act: 'request',
    wire: coordinator.sequence.seal({ ...aRequest(swarm), ext: { note: 'a' }, critical: [] }),
    to: pricing,
  },
  { act: 'inform', wire: answer({ performative: 'inform', fence: 1, ...ANY_RESULT }), to: coordinator },
  {
    act: 'failure',
    wire: answer({ performative: 'failure', fence: 1, content: { code: 'X', message: 'y' } }),
    to: coordinator,
  },
];

/** Codes a change of a signed member may give before the signature is reached. */
const EARLIER = [
  'BUS_SIZE',
  'BUS_ENCODING',
  'BUS_PARSE',
  'BUS_SHAPE',
  'BUS_BAD_STRING',
  'BUS_BAD_NUMBER',
  'BUS_NOT_CANONICAL',
  'BUS_VERSION_UNSUPPORTED',
  'BUS_SCHEMA',
  'EVIDENCE_MISSING',
  'EVIDENCE_HASH_FORMAT',
  'BUS_CRITICAL_UNKNOWN',
  'BUS_ALGORITHM',
  'BUS_KEY_UNKNOWN',
  'BUS_KEY_MISMATCH',
  'BUS_SIGNATURE_SHAPE',
];

test.each(SPECIMENS)(
  'every leaf of a signed $act changed within its type is caught by the signature',
  ({ wire, to }) => {
    const changed = leavesOf(JSON.parse(wire)).map(({ path }) => ({
      pointer: jsonPointer(path),
      code: codeAt(to, canonicalJson(withLeaf(JSON.parse(wire), path, NULLABLE[jsonPointer(path)] ?? nudge))),
    }));

    expect(changed.filter(({ code }) => code !== 'BUS_SIGNATURE_INVALID')).toStrictEqual(
      changed
        .filter(({ pointer }) => Object.hasOwn(OWN_CODE, pointer))
        .map(({ pointer }) => ({ pointer, code: OWN_CODE[pointer] })),
    );
    expect(changed.length).toBeGreaterThanOrEqual(20);
  },
);

/** Members that are null in a specimen, and what else they may be. */
const NULLABLE: Record<string, Change> = {
  '/prev_hash': (leaf) => (leaf === null ? `sha256:${'0'.repeat(64)}` : nudge(leaf)),
  '/citation': () => ({ evidence_hash: `sha256:${'0'.repeat(64)}`, source_url: 'x' }),
};

/** Members whose changed value is refused before the signature is looked at. */
const OWN_CODE: Record<string, string> = {
  '/performative': 'BUS_SCHEMA',
  '/signature/algorithm': 'BUS_ALGORITHM',
  '/signature/key_id': 'BUS_KEY_UNKNOWN',
  '/signature/public_key': 'BUS_KEY_MISMATCH',
  '/content/task/type': 'BUS_SCHEMA',
  '/content/result/media_type': 'BUS_SCHEMA',
};

test.each(SPECIMENS)('every member of a signed $act left out is refused', ({ wire, to }) => {
  const accepted = leavesOf(JSON.parse(wire)).filter(({ path }) => {
    const code = codeAt(to, canonicalJson(withLeaf(JSON.parse(wire), path, () => undefined)));
    return !['BUS_SIGNATURE_INVALID', ...EARLIER].includes(code);
  });

  expect(accepted).toStrictEqual([]);
});

test.each(SPECIMENS)('every byte of a signed $act flipped is refused with a code', ({ wire, to }) => {
  const bytes = new TextEncoder().encode(wire);
  const surprising = new Set<string>();
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = bytes.slice();
    flipped[at]! ^= 1 << (at % 8);
    const code = codeAt(to, flipped);
    if (!['BUS_SIGNATURE_INVALID', 'BUS_TOO_DEEP', ...EARLIER].includes(code)) surprising.add(`${at}: ${code}`);
  }

  expect([...surprising]).toStrictEqual([]);
});

test.each([
  ['a number spelled 0.0', (wire: string) => wire.replace('"sequence":0,', '"sequence":0.0,'), 'BUS_NOT_CANONICAL'],
  ['a number spelled 0e0', (wire: string) => wire.replace('"sequence":0,', '"sequence":0e0,'), 'BUS_NOT_CANONICAL'],
  ['a member twice', (wire: string) => wire.replace('{', '{"citation":1,'), 'BUS_NOT_CANONICAL'],
  ['a member twice, the false one last', (wire: string) => wire.replace(/\}$/, ',"timestamp":1}'), 'BUS_NOT_CANONICAL'],
  ['an escape', (wire: string) => wire.replace('"if_bus"', '"\\u0069f_bus"'), 'BUS_NOT_CANONICAL'],
  ['a space', (wire: string) => wire.replace(',', ', '), 'BUS_NOT_CANONICAL'],
  ['a line end', (wire: string) => `${wire}\n`, 'BUS_NOT_CANONICAL'],
  ['an escaped slash', (wire: string) => wire.replace('if://', 'if:\\/\\/'), 'BUS_NOT_CANONICAL'],
])('the same value re-spelled with %s is refused', (_, spell, code) => {
  const wire = aSwarm().agents.coordinator.sequence.seal(aRequest(swarm));

  expect(codeAt(pricing, wire)).toBe('no error');
  expect(codeAt(pricing, spell(wire))).toBe(code);
});

function codeAt(to: typeof pricing, wire: string | Uint8Array): string {
  try {
    openMessage(wire, to.context({ isOurRequest: (ref) => ref.sha256 === asked.sha256 }));
  } catch (error) {
    return isInfraFabricError(error) ? error.code : `crash: ${String(error)}`;
  }
  return 'no error';
}

interface Leaf {
  path: (string | number)[];
}

function leavesOf(value: JsonValue, path: (string | number)[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path }];
  const entries: (readonly [string | number, JsonValue])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const]));
  return entries.flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

type Change = (leaf: JsonValue) => JsonValue | undefined;

function withLeaf(value: JsonValue, path: (string | number)[], change: Change): JsonValue {
  const copy = structuredClone(value);
  const last = path.at(-1)!;
  const parent = resolvePointer(copy, jsonPointer(path.slice(0, -1)));
  const leaf = change(resolvePointer(copy, jsonPointer(path))!);
  if (Array.isArray(parent)) parent.splice(Number(last), 1, ...(leaf === undefined ? [] : [leaf]));
  else if (isJsonObject(parent)) parent[last] = leaf;
  return copy;
}

/** The smallest change of a leaf that keeps its shape: the next number, one character turned into a neighbour. */
function nudge(leaf: JsonValue): JsonValue {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf !== 'string') throw new Error(`expected a number or a string, got ${JSON.stringify(leaf)}`);
  if (/^[A-Za-z0-9_-]{86}$/.test(leaf)) return (leaf.startsWith('A') ? 'B' : 'A') + leaf.slice(1);
  const at = leaf.search(/[a-z0-9](?=[^a-z0-9]*$)/);
  const turned = { '0': '1', a: 'b', f: 'e', z: 'y' }[leaf[at]!] ?? String.fromCharCode(leaf.charCodeAt(at) - 1);
  return leaf.slice(0, at) + turned + leaf.slice(at + 1);
}
