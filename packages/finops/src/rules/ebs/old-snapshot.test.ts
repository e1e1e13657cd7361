import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { ebsOldSnapshot } from './old-snapshot.ts';

const aSnapshot = (item: JsonObject = {}) =>
  anObserved('EbsSnapshot', 'snap-1', {
    SnapshotId: 'snap-1',
    State: 'completed',
    StartTime: '2026-08-20T06:00:00.000Z',
    VolumeSize: 100,
    ...item,
  });
const anImageOf = (snapshot: string) =>
  anObserved('Ec2Image', 'ami-1', { ImageId: 'ami-1', BlockDeviceMappings: [{ Ebs: { SnapshotId: snapshot } }] });
const judge = (item: JsonObject = {}, related: ReturnType<typeof anImageOf>[] = []) =>
  judged(ebsOldSnapshot, aSubject({ of: aSnapshot(item), related }));

describe('ebsOldSnapshot', () => {
  it('finds a snapshot of 91 days and states no dollars', () => {
    expect(judge({}, [anImageOf('snap-2')])).toStrictEqual({ verdict: 'FINDING', figures: { age_days: '91' } });
  });

  it.each([
    ['is 90 days old', { StartTime: '2026-08-21T06:00:00.000Z' }, []],
    ['backs an image', {}, [anImageOf('snap-1')]],
    ['is archived', { StorageTier: 'archive' }, []],
    ['belongs to somebody else', { OwnerId: '210987654321' }, []],
    ['is being made', { State: 'pending' }, []],
  ])('says nothing about a snapshot that %s', (_, item, related) => {
    expect(judge(item, related)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('cannot know the age without a date', () => {
    expect(judge({ StartTime: 'string' })).toStrictEqual({ verdict: 'UNKNOWN', reason: 'FIELD_MISSING', figures: {} });
  });
});
