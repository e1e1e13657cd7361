import { type InputFile, type InputManifest } from '@infrafabric/finops';
import { type EvidenceId, evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { unprovenExtracts } from './extracts.ts';
import type { Problem } from './problem.ts';

const id = (text: string): EvidenceId => evidenceId(sha256Hex(text));
const file = (more: Partial<InputFile>): InputFile => ({
  kind: 'bill',
  name: 'large.parquet',
  sha256: sha256Hex('whole'),
  bytes: 1,
  evidence: id('days'),
  redactions: 0,
  ...more,
});
const manifest: InputManifest = {
  files: [file({ resources: id('resources') }), file({ name: 'small.csv', evidence: id('small') })],
  failed: [],
  unused: [],
};

test.each<[string, EvidenceId[] | undefined, EvidenceId[], string[]]>([
  ['the reader does not have the whole', undefined, [id('days'), id('resources')], []],
  ['the whole gives the same extracts', [id('resources'), id('days')], [], []],
  ['the whole gives others', [id('days'), id('else')], [], ['EXTRACT_DIFFERS large.parquet']],
])('an extract when %s', async (_, again, unproven, expected) => {
  const problems: Problem[] = [];
  const found = await unprovenExtracts(manifest, () => Promise.resolve(again), problems);
  expect([[...found], problems.map(({ code, where }) => `${code} ${where}`)]).toStrictEqual([unproven, expected]);
});
