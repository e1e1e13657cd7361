import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject } from '../../testing/index.ts';
import { aDatabase } from '../testing/database.ts';
import { RDS_PRICES } from '../testing/facts.ts';
import { judged } from '../testing/judged.ts';
import { rdsStopped } from './stopped.ts';

const judge = (item: JsonObject, prices: Record<string, string> = RDS_PRICES) =>
  judged(rdsStopped, aSubject({ of: aDatabase({ DBInstanceStatus: 'stopped', ...item }), prices }));

describe('rdsStopped', () => {
  it.each([
    ['100 GiB', {}, '11.50'],
    ['100 GiB twice, for Multi-AZ', { MultiAZ: true }, '23.00'],
  ])('states what the storage of a stopped database costs, %s, and no saving', (_, item, storage_cost) => {
    expect(judge(item)).toStrictEqual({ verdict: 'FINDING', figures: { storage_cost, storage: '100' } });
  });

  it('says nothing about a running database or an Aurora member', () => {
    expect(judge({ DBInstanceStatus: 'available' }).verdict).toBe('OK');
    expect(judge({ Engine: 'aurora-mysql' }).verdict).toBe('OK');
  });

  it('has no dollars without a price, and cannot know without a size', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(judge({ AllocatedStorage: undefined }).reason).toBe('FIELD_MISSING');
  });
});
