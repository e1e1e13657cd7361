import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { eksExtendedSupport } from './rules/eks/extended-support.ts';
import { confidenceOf, dateText } from './support-verdict.ts';
import { judged, ourLifecycles, saying } from './testing/our-tables.ts';

const stated = (...dates: (string | null)[]): JsonObject => ({
  date: dates[0] ?? null,
  conflict: new Set(dates).size > 1,
  values: dates.map((date, index) => ({ date, source: `source ${index}`, as_of: '2026-01-01' })),
});

const cluster = (entry: JsonObject, asOf: string) =>
  judged('EksCluster', { version: '1.32' }, { lifecycle: { 'amazon-eks/1.32': entry }, asOf });
const confidence = (dates: string[]) => confidenceOf({ standard_end: stated(...dates) }, ['standard_end']);

test('a version that one source still has in standard support is UNKNOWN between the two dates', () => {
  const entry = { standard_end: stated('2026-03-23', '2026-05-23'), extended_end: stated('2027-03-23') };

  expect(saying(eksExtendedSupport, cluster(entry, '2026-03-23'))).toBe('OK');
  expect(saying(eksExtendedSupport, cluster(entry, '2026-03-24'))).toBe(
    'UNKNOWN CONFLICTING_EVIDENCE: standard support of amazon-eks/1.32 ended on 2026-03-23 or 2026-05-23 (sources differ)',
  );
  expect(saying(eksExtendedSupport, cluster(entry, '2026-05-23'))).toContain('CONFLICTING_EVIDENCE');
  expect(saying(eksExtendedSupport, cluster(entry, '2026-05-24'))).toContain('UNKNOWN NO_PRICE');
});

test('out of standard support without a sourced end of extended support is UNKNOWN', () => {
  const entry = { standard_end: stated('2026-03-23') };

  expect(saying(eksExtendedSupport, cluster(entry, '2026-03-24'))).toBe(
    'UNKNOWN NO_LIFECYCLE: no source dates the support of amazon-eks/1.32',
  );
});

test('confidence follows the number of agreeing sources', () => {
  expect([['2026-03-23'], ['2026-03-23', '2026-03-23'], ['2026-03-23', '2026-05-23']].map(confidence)).toStrictEqual([
    '0.75',
    '0.90',
    '0.60',
  ]);
});

test('dates are told with their disagreement', () => {
  const mysql57 = ourLifecycles('amazon-rds-mysql/5.7')!.value;

  expect(dateText(mysql57, 'standard_end')).toBe('2024-02-29');
  expect(dateText(mysql57, 'extended_end')).toBe('2027-02-28 or 2029-06-30 (sources differ)');
  expect(dateText(mysql57, 'block_create')).toBe('a day no source names');
});
