import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Decision, findingIdOf } from '@infrafabric/finops';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepDecisions, readDecisionFile, readDecisionFolder } from './decision-folder.ts';
import { ingestDecisions } from './ingest-decisions.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'infrafabric-decisions-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const resource = '111122223333/eu-west-1/EbsVolume/vol-0123456789abcdef0';
const aDecision = (rule: string): Decision => ({
  decision: 'accept',
  finding: findingIdOf(rule, resource),
  rule,
  resource,
  by: 'Ann',
  at: '2026-11-01T10:00:00Z',
});

test('decisions are read back in the order they were kept, and nothing half-written is left', () => {
  keepDecisions(home, [aDecision('a-rule'), aDecision('b-rule'), aDecision('c-rule')]);
  writeFileSync(join(home, 'decisions', 'crashed.json.draft'), '{"decision":');
  expect(readDecisionFolder(home)).toStrictEqual({
    format: 'infrafabric.decisions/1',
    decisions: [aDecision('a-rule'), aDecision('b-rule'), aDecision('c-rule')],
  });
  expect(readdirSync(join(home, 'decisions')).filter((name) => name.endsWith('.draft'))).toStrictEqual([
    'crashed.json.draft',
  ]);
});

test.each([
  ['text that is not JSON', 'not JSON'],
  ['{"format":"infrafabric.decisions/1","decisions":[{}]}', 'a document without decisions'],
])('%s is refused with its place', (text) => {
  const path = join(home, 'given.json');
  writeFileSync(path, text);
  expect(() => readDecisionFile(path)).toThrow(
    expect.objectContaining({ code: 'DECISIONS_UNREADABLE', kind: 'input', where: path }),
  );
});

test('an analysis is given the decisions of the data folder, those of a file, or none', async () => {
  const stored: string[] = [];
  const evidence = {
    put: (bytes: Uint8Array) => {
      stored.push(new TextDecoder().decode(bytes));
      return Promise.resolve({ id: `if://evidence/sha256/${'0'.repeat(64)}`, fresh: true });
    },
  };
  expect(await ingestDecisions({ home }, evidence)).toStrictEqual([]);
  keepDecisions(home, [aDecision('a-rule')]);
  expect((await ingestDecisions({ home }, evidence)).map(({ kind, name }) => [kind, name])).toStrictEqual([
    ['decisions', 'decisions.json'],
  ]);
  expect(await ingestDecisions({ from: 'none', home }, evidence)).toStrictEqual([]);
  const path = join(home, 'given.json');
  writeFileSync(path, JSON.stringify({ format: 'infrafabric.decisions/1', decisions: [aDecision('b-rule')] }));
  await ingestDecisions({ from: path, home }, evidence);
  expect(stored.map((text) => JSON.parse(text).decisions[0].rule)).toStrictEqual(['a-rule', 'b-rule']);
});
