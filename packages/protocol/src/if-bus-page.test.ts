import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MESSAGE_LIMITS } from './admission.ts';
import { digestOf } from './hash.ts';
import { MAX_CONTENT_BYTES } from './content.ts';
import { Deferred, Message } from './message.ts';
import { PAYLOAD_TYPE } from './payload-type.ts';
import { MAX_INLINE_CONTENT_BYTES } from './read-message.ts';
import { Role } from './role.ts';
import { signerFromSeed } from './signer.ts';
import { CLOCK_TOLERANCE_MS, MAX_TTL_MS } from './time-window.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(ROOT, 'docs/if-bus.md'), 'utf8');
const vectors = JSON.parse(readFileSync(resolve(ROOT, 'packages/protocol/vectors/if-bus-1.0.json'), 'utf8'));

/** The first cells of the table under a heading, without their back quotes. */
function firstCells(heading: string): string[] {
  const [, section = ''] = page.split(new RegExp(`^## ${heading}$`, 'm'));
  const rows = section.slice(0, section.search(/^## /m)).matchAll(/^\| (`?)([^|]+?)\1 +\|/gm);
  return [...rows]
    .map(([, , cell = '']) => cell)
    .slice(1)
    .filter((cell) => !/^-+$/.test(cell));
}

test('the page lists every code in the order in which they win', () => {
  const source = readFileSync(resolve(import.meta.dirname, 'protocol-error.ts'), 'utf8');
  const [, union = ''] = /type BusCode =([^;]+);/.exec(source) ?? [];

  expect(firstCells('6\\. Refusal')).toStrictEqual([...union.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code));
});

test('the page lists every act and every role', () => {
  const acts = Message.options.map((option) => option.shape.performative.value);

  expect(firstCells('3\\. Acts').toSorted()).toStrictEqual([...acts].sort());
  expect(page).toContain(`Roles: ${Role.options.map((role) => `\`${role}\``).join(', ')}.`);
});

test('the page lists every member of a message', () => {
  const members = new Set([...Message.options, ...Deferred.options].flatMap((option) => Object.keys(option.shape)));

  expect(firstCells('2\\. Members').toSorted()).toStrictEqual([...members].sort());
});

test('the page gives the bounds of the code', () => {
  expect(MESSAGE_LIMITS).toStrictEqual({ bytes: 196_608, depth: 32, members: 5_000 });
  expect([MAX_INLINE_CONTENT_BYTES, MAX_CONTENT_BYTES]).toStrictEqual([65_536, 33_554_432]);
  expect([CLOCK_TOLERANCE_MS, MAX_TTL_MS]).toStrictEqual([60_000, 14 * 86_400_000]);
  for (const type of [PAYLOAD_TYPE.message, PAYLOAD_TYPE.trust]) expect(page).toContain(`\`${type}\``);
});

test('the worked example is the first golden message, and its bytes give what the page says', () => {
  const [golden] = vectors.golden;
  const [, signed = ''] = /```json\n(.*)\n```/.exec(page) ?? [];
  const [, signature] = /```text\n(.*)\n```/.exec(page) ?? [];
  const [, seed = ''] = /with the seed `([0-9a-f]{64})`/.exec(page) ?? [];

  expect(signed).toBe(golden.signed);
  expect(page).toContain(`Signed body, ${Buffer.byteLength(signed)} bytes`);
  expect(signerFromSeed(Buffer.from(seed, 'hex')).sign(PAYLOAD_TYPE.message, Buffer.from(signed))).toBe(signature);
  expect(page).toContain(`has ${Buffer.byteLength(golden.wire)} bytes and the digest \`${digestOf(golden.wire)}\``);
  expect(page).toContain(golden.pae_sha256);
});
