import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const JUDGE = join(ROOT, 'test/judges/if_bus.py');
const VECTORS = join(ROOT, 'packages/protocol/vectors/if-bus-1.0.json');

/** CI's Python with the emulator has the one package the judge needs. */
const PYTHON = process.env['INFRAFABRIC_MOTO_PYTHON'] ?? 'python3';
const missing = spawnSync(PYTHON, ['-c', 'import cryptography']).status !== 0;
const note = missing ? ' (skipped: no Python with the package cryptography; INFRAFABRIC_MOTO_PYTHON names one)' : '';

interface Judged {
  judged: number;
  wrong: { vector: string; expected: string; got: string }[];
}

const judge = (file: string): Judged => JSON.parse(execFileSync(PYTHON, [JUDGE, file], { encoding: 'utf8' }));

test.skipIf(missing)(`an implementation in Python, made from the specification, agrees on every vector${note}`, () => {
  const { golden, refusals, replays, claims } = JSON.parse(readFileSync(VECTORS, 'utf8'));

  expect(judge(VECTORS)).toStrictEqual({
    judged: 3 * golden.length + refusals.length + replays.length + claims.length,
    wrong: [],
  });
});

test.skipIf(missing)(`a vector that claims something else is named by it${note}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-judge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'vectors.json');
  writeFileSync(file, readFileSync(VECTORS, 'utf8').replace('"code": "BUS_TTL"', '"code": "BUS_EXPIRED"'));

  expect(judge(file).wrong).toStrictEqual([
    { vector: 'a life of 14 days and 1 ms', expected: 'BUS_EXPIRED', got: 'BUS_TTL' },
  ]);
});
