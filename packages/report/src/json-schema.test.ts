import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { reportJsonSchema } from './json-schema.ts';

const PUBLISHED = resolve(import.meta.dirname, '../../../docs/report.schema.json');

test('docs/report.schema.json is the schema of report.json (else: node packages/report/bench/schema.ts)', () => {
  expect(JSON.parse(readFileSync(PUBLISHED, 'utf8'))).toStrictEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
});

test('the schema names every member of a report and allows no other', () => {
  const schema: Record<string, unknown> = { ...reportJsonSchema() };

  expect(schema['additionalProperties']).toBe(false);
  expect(schema['required']).toStrictEqual([
    'format',
    'as_of',
    'request',
    'tables',
    'plan',
    'totals',
    'waste',
    'priority',
    'findings',
    'action_plan',
    'second_opinions',
    'left_out',
    'suppressed',
    'coverage',
    'claims',
    'gaps',
    'notes',
    'inputs',
  ]);
});
