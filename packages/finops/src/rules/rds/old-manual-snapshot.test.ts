import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { rdsOldManualSnapshot } from './old-manual-snapshot.ts';

const judge = (item: JsonObject, settings = {}) =>
  judged(
    rdsOldManualSnapshot,
    aSubject({
      of: anObserved('RdsDbSnapshot', 'before-upgrade', {
        DBSnapshotIdentifier: 'before-upgrade',
        SnapshotType: 'manual',
        Status: 'available',
        SnapshotCreateTime: '2026-08-21T00:00:00Z',
        ...item,
      }),
      settings,
    }),
  );

describe('rdsOldManualSnapshot', () => {
  it('finds a manual snapshot of 91 days and claims no saving', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { age_days: '91' } });
  });

  it.each([
    ['of 90 days', { SnapshotCreateTime: '2026-08-22T00:00:00Z' }],
    ['that RDS makes and removes itself', { SnapshotType: 'automated' }],
    ['that AWS Backup keeps', { SnapshotType: 'awsbackup' }],
    ['that is not ready', { Status: 'creating' }],
  ])('says nothing about a snapshot %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes the age from the settings', () => {
    expect(judge({}, { RDS_SNAPSHOT_AGE_DAYS: 91 }).verdict).toBe('OK');
  });

  it('cannot know without a date or a type', () => {
    expect(judge({ SnapshotCreateTime: undefined }).reason).toBe('FIELD_MISSING');
    expect(judge({ SnapshotType: undefined }).reason).toBe('FIELD_MISSING');
  });
});
