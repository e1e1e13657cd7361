import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject } from '../../testing/index.ts';
import { aDatabase } from '../testing/database.ts';
import { RDS_PRICES } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { rdsGravitonClass } from './graviton-class.ts';

const judge = (item: JsonObject, prices: Record<string, string> = RDS_PRICES) =>
  judged(rdsGravitonClass, aSubject({ of: aDatabase(item), prices }));

describe('rdsGravitonClass', () => {
  it('moves db.m5.large to db.m6g.large for 11.1 % less: (0.171 - 0.152) x 730', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { saving_percent: '11.1', list_cost: '124.83', list_saving: '13.87' },
    });
  });

  it('refuses db.m9g.large, which costs more than db.m5.large', () => {
    const { 'rds/us-east-1/mysql/db.m6g.large/single-az': _, ...prices } = RDS_PRICES;

    expect(judge({}, prices)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it.each([
    ['is on Graviton', { DBInstanceClass: 'db.m6g.large' }],
    ['is being made', { DBInstanceStatus: 'creating' }],
    ['runs SQL Server', { Engine: 'sqlserver-se' }],
  ])('says nothing about a database that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('cannot know without a price of either class', () => {
    expect(judge({}, {}).reason).toBe('NO_PRICE');
    expect(judge({}, { 'rds/us-east-1/mysql/db.m5.large/single-az': '0.171' }).reason).toBe('NO_PRICE');
  });
});
