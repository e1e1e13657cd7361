import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject } from '../../testing/index.ts';
import { aDatabase } from '../testing/database.ts';
import { RDS_PRICES } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { rdsPreviousGenerationClass } from './previous-generation-class.ts';

const judge = (item: JsonObject, prices: Record<string, string> = RDS_PRICES) =>
  judged(rdsPreviousGenerationClass, aSubject({ of: aDatabase(item), prices }));

describe('rdsPreviousGenerationClass', () => {
  it('moves db.m4.large to db.m5.large: (0.175 - 0.171) x 730', () => {
    expect(judge({ DBInstanceClass: 'db.m4.large' })).toStrictEqual({
      verdict: 'FINDING',
      figures: { saving_percent: '2.3', list_cost: '127.75', list_saving: '2.92' },
    });
  });

  it.each([
    ['is of a current class', {}, RDS_PRICES],
    ['is stopped', { DBInstanceClass: 'db.m4.large', DBInstanceStatus: 'stopped' }, RDS_PRICES],
    ['has a licence in its price', { DBInstanceClass: 'db.m4.large', Engine: 'oracle-ee' }, RDS_PRICES],
    [
      'would pay as much',
      { DBInstanceClass: 'db.m4.large' },
      { ...RDS_PRICES, 'rds/us-east-1/mysql/db.m5.large/single-az': '0.175' },
    ],
  ])('says nothing about a database that %s', (_, item, prices) => {
    expect(judge(item, prices)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['NO_PRICE', 'the class has no price', { DBInstanceClass: 'db.m4.xlarge' }],
    ['NO_PRICE', 'the deployment has no price', { DBInstanceClass: 'db.m4.large', MultiAZ: true }],
    ['FIELD_MISSING', 'the engine is not said', { Engine: null }],
  ])('cannot know (%s) when %s', (reason, _, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
  });
});
