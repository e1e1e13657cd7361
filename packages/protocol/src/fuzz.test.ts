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

function verdict(act: () => unknown): 'accepted' | 'refused' | 'crash' {
  try {
    act();
  } catch (error) {
    return isInfraFabricError(error) ? 'refused' : 'crash';
  }
  return 'accepted';
}
