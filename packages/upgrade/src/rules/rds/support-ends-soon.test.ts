import { figureValues } from '@infrafabric/finops/testing';
import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { rdsSupportEndsSoon } from './support-ends-soon.ts';

const instance = (item: JsonObject, more: Parameters<typeof judged>[2] = {}) =>
  judged(
    'RdsDbInstance',
    { Engine: 'postgres', EngineVersion: '14.7', DBInstanceClass: 'db.r6g.large', MultiAZ: true, ...item },
    { instanceTypes: { 'r6g.large': { vcpu: 2 } }, ...more },
  );

test.for([
  ['2026-08-31', 'OK', {}], // 181 days before 2027-02-28
  ['2026-09-01', 'FINDING', { days_left: '180', surcharge_then: '292.00' }],
  ['2027-02-28', 'FINDING', { days_left: '0', surcharge_then: '292.00' }],
  ['2027-03-01', 'OK', {}],
] as const)('PostgreSQL 14 on %s is %s', ([asOf, verdict, figures]) => {
  expect(figureValues(rdsSupportEndsSoon, instance({}, { asOf }))).toStrictEqual({ verdict, figures });
});

test('MariaDB has no extended support and so no surcharge to come', () => {
  const subject = instance({ Engine: 'mariadb', EngineVersion: '10.6.7' });

  expect(figureValues(rdsSupportEndsSoon, subject)).toStrictEqual({ verdict: 'FINDING', figures: { days_left: '41' } });
  expect(saying(rdsSupportEndsSoon, subject)).toBe(
    'Standard support of mariadb 10.6.7 ends on 2026-12-31, in {days_left}. Upgrade to a major version in standard support.',
  );
});

test('a surcharge without a price is left out of the sentence', () => {
  expect(saying(rdsSupportEndsSoon, instance({}, { region: 'af-south-1' }))).not.toContain('surcharge_then');
});

test('what has no sourced life cycle is UNKNOWN', () => {
  expect(saying(rdsSupportEndsSoon, instance({ Engine: 'oracle-ee' }))).toContain('UNKNOWN NO_LIFECYCLE');
  expect(saying(rdsSupportEndsSoon, instance({ EngineVersion: '' }))).toContain('UNKNOWN FIELD_MISSING');
});
