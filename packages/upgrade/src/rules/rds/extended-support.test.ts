import { figureValues } from '@infrafabric/finops/testing';
import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { rdsExtendedSupport } from './extended-support.ts';

const instanceTypes = { 'r5.large': { vcpu: 2 } };
const prices = { 'rds/us-east-1/mysql/db.r5.large/single-az': '0.24' };

const instance = (item: JsonObject, more: Parameters<typeof judged>[2] = {}) =>
  judged(
    'RdsDbInstance',
    {
      Engine: 'mysql',
      EngineVersion: '8.0.35',
      DBInstanceClass: 'db.r5.large',
      DBInstanceStatus: 'available',
      ...item,
    },
    { instanceTypes, prices, ...more },
  );

test('an instance in extended support could save its surcharge', () => {
  expect(figureValues(rdsExtendedSupport, instance({}))).toStrictEqual({
    verdict: 'FINDING',
    // 2 vCPU x 0.100 x 730; and 0.24 x 730 + 146.00
    figures: { days_left: '984', surcharge: '146.00', list_cost: '321.20', list_saving: '146.00' },
  });
  expect(saying(rdsExtendedSupport, instance({}))).toBe(
    'mysql 8.0.35 left standard support on 2026-07-31: extended support costs {surcharge}; ' +
      'extended support ends on 2029-07-31, in {days_left}. Next major version: MySQL 8.4.',
  );
});

test('without a price of the class itself the cost is the surcharge alone', () => {
  expect(figureValues(rdsExtendedSupport, instance({}, { prices: {} })).figures).toStrictEqual({
    days_left: '984',
    surcharge: '146.00',
    list_cost: '146.00',
    list_saving: '146.00',
  });
});

test('MySQL 8.0 is flagged on 2026-08-01 and not on 2026-07-31', () => {
  expect(figureValues(rdsExtendedSupport, instance({}, { asOf: '2026-07-31' })).verdict).toBe('OK');
  expect(figureValues(rdsExtendedSupport, instance({}, { asOf: '2026-08-01' })).verdict).toBe('FINDING');
});

test('conflicting end dates show as a range and lower the confidence', () => {
  const subject = instance({ EngineVersion: '5.7.44' });

  expect(saying(rdsExtendedSupport, subject)).toBe(
    'mysql 5.7.44 left standard support on 2024-02-29: extended support at the year-3 price costs {surcharge}; ' +
      'extended support ends on 2027-02-28 or 2029-06-30 (sources differ), in {days_left}. Next major version: MySQL 8.0.',
  );
  expect(rdsExtendedSupport.judge(subject)).toMatchObject({ confidence: '0.60', severity: 7 });
  expect(saying(rdsExtendedSupport, instance({ EngineVersion: '5.7.44' }, { asOf: '2028-01-01' }))).toBe(
    'mysql 5.7.44 left standard support on 2024-02-29 and by some sources is past all support: extended support ends on ' +
      '2027-02-28 or 2029-06-30 (sources differ), so no surcharge is counted. Next major version: MySQL 8.0.',
  );
});

test('where only the year-3 price is disputed the lower price is a lower bound', () => {
  const subject = instance(
    { Engine: 'aurora-mysql', EngineVersion: '5.7.mysql_aurora.2.11.2' },
    { asOf: '2026-12-01' },
  );

  expect(figureValues(rdsExtendedSupport, subject).figures['list_saving']).toBe('146.00');
  expect(saying(rdsExtendedSupport, subject)).toContain('extended support costs at least {surcharge}');
});

test.for([
  [{ EngineVersion: '5.6.37' }, 'is past all support, so no surcharge is counted'],
  [{ Engine: 'mariadb', EngineVersion: '10.5.8' }, 'is past all support, so no surcharge is counted'],
  [{ DBInstanceStatus: 'stopped' }, 'is stopped: no surcharge is counted while it does not run'],
  [
    { EngineLifecycleSupport: 'open-source-rds-extended-support-disabled' },
    'is not enrolled in extended support: AWS upgrades it by itself, without a surcharge',
  ],
] as const)('%o is a finding without a surcharge', ([item, tail]) => {
  expect(figureValues(rdsExtendedSupport, instance(item))).toStrictEqual({ verdict: 'FINDING', figures: {} });
  expect(saying(rdsExtendedSupport, instance(item))).toContain(tail);
});

test('the unbilled weeks of PostgreSQL 11 have no surcharge yet', () => {
  expect(
    saying(rdsExtendedSupport, instance({ Engine: 'postgres', EngineVersion: '11.22' }, { asOf: '2024-03-31' })),
  ).toContain('left standard support on 2024-02-29 and the surcharge begins on 2024-04-01');
});

test.for([
  [{ DBInstanceClass: 'db.unknown.large' }, {}, 'NO_SPECIFICATION'],
  [{ DBInstanceClass: 'db.serverless' }, {}, 'NO_SPECIFICATION'],
  [{}, { region: 'af-south-1' }, 'NO_PRICE'],
  [{ Engine: 'aurora-postgresql', EngineVersion: '13.9' }, { region: 'eu-west-1' }, 'NO_PRICE'],
  [{ EngineVersion: '5.5.41' }, {}, 'NO_LIFECYCLE'],
  [{ Engine: 'neptune', EngineVersion: '1.0.4.0' }, {}, 'NO_LIFECYCLE'],
  [{ Engine: '' }, {}, 'FIELD_MISSING'],
  [{ EngineVersion: 'mysql' }, {}, 'FIELD_MISSING'],
  [{ DBInstanceClass: '' }, {}, 'FIELD_MISSING'],
] as const)('%o, %o is UNKNOWN(%s)', ([item, more, reason]) => {
  expect(figureValues(rdsExtendedSupport, instance(item, more))).toStrictEqual({
    verdict: 'UNKNOWN',
    reason,
    figures: {},
  });
});

test('commercial engines and supported versions are OK', () => {
  expect(saying(rdsExtendedSupport, instance({ Engine: 'oracle-ee', EngineVersion: '12.1.0.2' }))).toBe('OK');
  expect(saying(rdsExtendedSupport, instance({ EngineVersion: '8.4.3' }))).toBe('OK');
});
