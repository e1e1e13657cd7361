import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from './admission.ts';
import { canonicalJson } from './canonical.ts';
import { isInfraFabricError } from './errors.ts';
import { openMessage } from './open.ts';
import { aRequest, aSwarm } from './testing/index.ts';

const swarm = aSwarm();
const { coordinator, pricing } = swarm.agents;
const SEED = 20261120;

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.maxSafeInteger().map((value) => (Object.is(value, -0) ? 0 : value)),
    text,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('whatever stands in ext arrives as it was sealed', () => {
  fc.assert(
    fc.property(fc.dictionary(text, tree, { maxKeys: 5, noNullPrototype: true }), (ext) => {
      const sent = JSON.parse(JSON.stringify(ext));
      const wire = coordinator.sequence.seal({ ...aRequest(swarm), ext: sent });
      const { message } = openMessage(new TextEncoder().encode(wire), pricing.context());
      expect(canonicalJson(message.ext ?? {})).toBe(canonicalJson(sent));
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('bytes of any kind are let in as canonical JSON or refused with a code', () => {
  const alphabet = fc.constantFrom(...'{}[]",:\\u0019-+.eE truefalsn\uFEFF\uFFFF'.split(''));
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(alphabet, { maxLength: 60 }).map((units) => new TextEncoder().encode(units.join(''))),
  );
  fc.assert(
    fc.property(anything, (bytes) => {
      expect(verdict(() => expect(canonicalJson(admit(bytes).value)).toBe(new TextDecoder().decode(bytes)))).not.toBe(
        'crash',
      );
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

test('a signed message with a piece cut out, doubled or replaced is never accepted', () => {
  const wire = coordinator.sequence.seal(aRequest(swarm));
  const at = fc.nat({ max: wire.length - 1 });
  const piece = fc.oneof(
    text,
    tree.map((value) => JSON.stringify(value)),
    fc.tuple(at, at).map(([a, b]) => wire.slice(a, b)),
  );
  fc.assert(
    fc.property(at, fc.nat({ max: 40 }), piece, (start, length, put) => {
      const forged = wire.slice(0, start) + put + wire.slice(start + length);
      fc.pre(forged !== wire);
      expect(verdict(() => openMessage(forged, pricing.context()))).toBe('refused');
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

/** How a message is spoiled: by bytes, by pieces, and by its grammar. */
const SPOILERS: readonly ((wire: Buffer, pick: (below: number) => number) => Buffer)[] = [
  (wire, pick) => {
    const copy = Buffer.from(wire);
    copy[pick(copy.length)]! ^= 1 << pick(8);
    return copy;
  },
  (wire, pick) => {
    const at = pick(wire.length);
    return Buffer.concat([wire.subarray(0, at), wire.subarray(at + 1 + pick(30))]);
  },
  (wire, pick) => {
    const [at, from] = [pick(wire.length), pick(wire.length)];
    return Buffer.concat([wire.subarray(0, at), wire.subarray(from, from + 1 + pick(60)), wire.subarray(at)]);
  },
  (wire, pick) => respelled(wire, pick, /-?\d+/g, ['0', '-0', '1.0', '1e1', '9007199254740992', '""', 'null', '[]']),
  (wire, pick) => respelled(wire, pick, /"[^"]*"/g, ['""', '"\\u0000"', '"\\ud800"', '0', 'null', '{}', '"__proto__"']),
  (wire, pick) => respelled(wire, pick, /[{}[\],:]/g, ['{', '}', '[', ']', ',', ':', ' ', '\n', '"', '\uFEFF']),
  (wire, pick) => respelled(wire, pick, /"[a-z_]+":/g, ['', '"if_bus":"1.0",', '"a":1,"a":1,']),
];

function respelled(wire: Buffer, pick: (below: number) => number, token: RegExp, by: readonly string[]): Buffer {
  const text = wire.toString();
  const found = [...text.matchAll(token)];
  const { index, 0: old } = found[pick(found.length)]!;
  return Buffer.from(`${text.slice(0, index)}${by[pick(by.length)]}${text.slice(index + old.length)}`);
}

/** A linear congruential generator (Numerical Recipes, 32 bits): the same row for the same seed, at no cost. */
function picker(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('of 100,000 spoiled messages none is accepted and none is a surprise', { timeout: 120_000 }, () => {
  const pick = picker(SEED);
  const wires = [
    coordinator.sequence.seal(aRequest(swarm)),
    coordinator.sequence.seal({ ...aRequest(swarm), ext: { a: ['é', 1, null] } }),
  ].map((wire) => Buffer.from(wire));
  const context = pricing.context();
  const seen = { accepted: 0, refused: 0, crash: 0 };
  for (let made = 0; made < 100_000; made += 1) {
    const wire = wires[made % wires.length]!;
    let spoiled: Buffer = wire;
    while (spoiled.equals(wire)) spoiled = SPOILERS[pick(SPOILERS.length)]!(wire, pick);
    seen[verdict(() => openMessage(spoiled, context))] += 1;
  }

  expect(seen).toStrictEqual({ accepted: 0, refused: 100_000, crash: 0 });
});

function verdict(act: () => unknown): 'accepted' | 'refused' | 'crash' {
  try {
    act();
  } catch (error) {
    return isInfraFabricError(error) ? 'refused' : 'crash';
  }
  return 'accepted';
}
