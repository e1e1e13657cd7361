import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject } from '../../testing/index.ts';
import { aDatabase } from '../testing/database.ts';
import { RDS_PRICES } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { rdsMultiAzNonProduction } from './multi-az-non-production.ts';

const judge = (item: JsonObject, prices: Record<string, string> = RDS_PRICES) =>
  judged(
    rdsMultiAzNonProduction,
    aSubject({ of: aDatabase({ DBInstanceClass: 'db.m6g.large', MultiAZ: true, ...item }), prices }),
  );
const tagged = (Value: string) => ({ TagList: [{ Key: 'Environment', Value }] });

describe('rdsMultiAzNonProduction', () => {
  it.each([
    ['a tag', tagged('Staging')],
    ['a name', { DBInstanceIdentifier: 'orders-dev-2' }],
    ['a tag that beats the name', { ...tagged('non-production'), DBInstanceIdentifier: 'prod-copy' }],
  ])('drops the standby that %s puts before production: 0.152 x 730 + 100 x 0.115', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '244.92', list_saving: '122.46' } });
  });

  it.each([
    ['is production by tag', tagged('prod')],
    ['is production by name', { DBInstanceIdentifier: 'prod-orders' }],
    ['has one copy', { ...tagged('dev'), MultiAZ: false }],
    ['is stopped', { ...tagged('dev'), DBInstanceStatus: 'stopped' }],
  ])('says nothing about a database that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['FIELD_MISSING', 'nothing names an environment', {}, RDS_PRICES],
    [
      'FIELD_MISSING',
      'the tag says another word',
      { ...tagged('shared'), DBInstanceIdentifier: 'orders-dev' },
      RDS_PRICES,
    ],
    ['FIELD_MISSING', 'the words contradict', { DBInstanceIdentifier: 'prod-test' }, RDS_PRICES],
    ['FIELD_MISSING', 'the storage is not said', { ...tagged('dev'), StorageType: undefined }, RDS_PRICES],
    ['NO_PRICE', 'there is no price', tagged('dev'), {}],
  ])('cannot know (%s) when %s', (reason, _, item, prices) => {
    expect(judge(item, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
