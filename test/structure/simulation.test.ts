import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '../simulation');
const FILES = globSync('**/*.ts', { cwd: FOLDER })
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

/** A state that is written, a condition on an item, a fence or an attempt that is counted: the shipped task machine's alone. */
const TRANSITION =
  /\bstate\s*[:=]\s*'[A-Z_]+'|\bexpect\s*:|\b(?:fence|attempt|dispatch|tick|hb)\b\s*(?:\+=|=[^=>])|:\s*Change<[^>]*>\s*=|(?:as|satisfies)\s+Change</;

/** What an attacker writes into the store is no transition. */
const TAMPERING = 'tampering.ts';

/** What decides in a swarm: imported as it ships. */
const SHIPPED = {
  '@infrafabric/agents': [
    'openCoordinator',
    'openPasses',
    'openWorker',
    'taskHandling',
    'answerHandling',
    'endOverdue',
    'sweepDeadLetters',
    'watchDeadLetters',
    'askToCancel',
    'cancelSession',
  ],
  '@infrafabric/bus': ['openMailbox', 'settle'],
  '@infrafabric/llm': ['openModel'],
  '@infrafabric/store': ['memoryState', 'memoryEvidence', 'memoryLedger'],
};

test('the simulator makes no transition of its own', () => {
  const made = FILES.filter(({ name }) => name !== TAMPERING).flatMap(({ name, text }) =>
    (text.match(TRANSITION) ?? []).map((found) => `${name}: ${found}`),
  );

  expect(made).toStrictEqual([]);
});

test('the simulator runs the shipped modules, and reaches into no package', () => {
  const missing = Object.entries(SHIPPED).flatMap(([from, names]) => {
    const imported = new Set(FILES.flatMap(({ text }) => importsFrom(text, from)));
    return names.filter((name) => !imported.has(name)).map((name) => `${from}: ${name}`);
  });
  const inside = FILES.filter(({ text }) => /from '(?:\.\.\/|@infrafabric\/[a-z-]+\/src)/.test(text)).map(
    ({ name }) => name,
  );

  expect([missing, inside]).toStrictEqual([[], []]);
});

function importsFrom(text: string, from: string): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from '([^']+)'/g)]
    .filter(([, , module]) => module === from)
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => name !== '' && !name.startsWith('type '));
}
