import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GoldenMessage } from '../vectors/golden.ts';
import type { ClaimVector } from '../vectors/claims.ts';
import type { RefusalVector, ReplayVector } from '../vectors/refusals.ts';
import { contentName } from './content.ts';
import { digestOf, sha256Hex } from './hash.ts';
import { type ContentRef, Message } from './message.ts';
import { openMessage, type OpenContext } from './open.ts';
import { preAuthEncoding } from './pae.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { refuseReplay, replayMemory } from './replay.ts';
import { signerFromSeed } from './signer.ts';
import { codeOf, codeOfAsync } from './testing/index.ts';
import { openTrustDocument } from './trust.ts';

interface Vectors {
  if_bus: string;
  now_ms: number;
  seeds: Record<string, string>;
  root_key_ids: string[];
  trust: string;
  golden: GoldenMessage[];
  refusals: RefusalVector[];
  replays: ReplayVector[];
  claims: ClaimVector[];
}

const FOLDER = resolve(import.meta.dirname, '../vectors');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

test('version 1.0 has vectors', () => {
  expect(FILES).toContain('if-bus-1.0.json');
});

describe.each(FILES)('%s', (file) => {
  const vectors: Vectors = JSON.parse(readFileSync(resolve(FOLDER, file), 'utf8'));
  const { now_ms: nowMs } = vectors;
  const trust = openTrustDocument(vectors.trust, vectors.root_key_ids, nowMs);
  const contextOf = (receivers: readonly string[], over: Partial<OpenContext> = {}): OpenContext => ({
    trust,
    receivers,
    nowMs,
    ...over,
  });

  test('has a golden message of every act', () => {
    const acts = Message.options.map((option) => option.shape.performative.value);

    expect(new Set(vectors.golden.map(({ performative }) => performative))).toStrictEqual(new Set(acts));
  });

  test.each(vectors.golden.map((one) => [one.performative, one] as const))('opens the golden %s', (_, one) => {
    const opened = openMessage(one.wire, contextOf(one.receivers));
    const signer = signerFromSeed(Buffer.from(vectors.seeds[one.signer]!, 'hex'));

    expect([opened.message.performative, opened.sha256]).toStrictEqual([one.performative, one.sha256]);
    expect(digestOf(one.wire)).toBe(one.sha256);
    expect(digestOf(preAuthEncoding(PAYLOAD_TYPE.message, Buffer.from(one.signed)))).toBe(one.pae_sha256);
    expect(signer.sign(PAYLOAD_TYPE.message, Buffer.from(one.signed))).toBe(opened.message.signature.signature_bytes);
  });

  test.each(vectors.refusals.map((one) => [one.name, one.code, one] as const))('refuses %s: %s', (_, code, one) => {
    const requests = one.requests;
    const context = contextOf(one.receivers, {
      ...(one.conversation === undefined ? {} : { conversation: one.conversation }),
      ...(requests === undefined ? {} : { isOurRequest: ({ sha256 }) => requests.includes(sha256) }),
    });

    expect(codeOf(() => openMessage(bytesOf(one), context))).toBe(code);
  });

  test.each(vectors.replays.map((one) => [one.name, one.code, one] as const))(
    'refuses %s: %s',
    async (_, code, one) => {
      const memory = replayMemory({ nowMs: () => nowMs });
      const codes = [];
      for (const wire of one.wires) {
        const opened = openMessage(wire, contextOf(one.receivers));
        codes.push(await codeOfAsync(() => refuseReplay(opened, memory, 'any')));
      }

      expect(codes).toStrictEqual(['no error', code]);
    },
  );

  test.each(vectors.claims.map((one) => [one.name, one.code, one] as const))('judges %s: %s', (_, code, one) => {
    const contentOf = (ref: ContentRef): Uint8Array | undefined => {
      contentName(ref, one.folder);
      return one.object_base64 === null ? undefined : Buffer.from(one.object_base64, 'base64');
    };

    const found = codeOf(() => openMessage(one.wire, contextOf(one.receivers, { contentOf })));
    expect(found).toBe(code === 'opened' ? 'no error' : code);
  });

  test('has a refusal of every code', () => {
    const source = readFileSync(resolve(import.meta.dirname, 'protocol-error.ts'), 'utf8');
    const [, union = ''] = /type BusCode =([^;]+);/.exec(source) ?? [];
    const codes = [...union.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code);
    const shown = [...vectors.refusals, ...vectors.replays, ...vectors.claims].map(({ code }) => code);

    expect(codes).toHaveLength(36);
    expect(codes.filter((code) => !shown.some((one) => one === code))).toStrictEqual([]);
  });

  test('is the file it was when its version was published', () => {
    expect(sha256Hex(readFileSync(resolve(FOLDER, file)))).toBe(PUBLISHED[file]);
  });
});

function bytesOf({ wire_base64, insert_x: insert = { at: 0, count: 0 } }: RefusalVector): Buffer {
  const bytes = Buffer.from(wire_base64, 'base64');
  return Buffer.concat([bytes.subarray(0, insert.at), Buffer.alloc(insert.count, 'x'), bytes.subarray(insert.at)]);
}

/** The vectors of a version never change; a later version adds a file. */
const PUBLISHED: Readonly<Record<string, string>> = {
  'if-bus-1.0.json': '0cef170dab04354f90b9d94228e2070acca94b7d4f65712ebc4ed35523d081e8',
};
