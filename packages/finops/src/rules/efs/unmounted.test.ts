import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { efsUnmounted } from './unmounted.ts';

const GIB = 1_073_741_824;
const PRICES = {
  'efs/us-east-1/standard/gb-month': '0.3',
  'efs/us-east-1/standard-ia/gb-month': '0.025',
  'efs/us-east-1/one-zone/gb-month': '0.16',
};
const judge = (item: JsonObject, prices: Record<string, string> = PRICES, settings = {}) =>
  judged(
    efsUnmounted,
    aSubject({
      of: anObserved('EfsFileSystem', 'fs-0123456789abcdef0', {
        FileSystemId: 'fs-0123456789abcdef0',
        LifeCycleState: 'available',
        CreationTime: '2026-11-06T00:00:00Z',
        NumberOfMountTargets: 0,
        SizeInBytes: { Value: 500 * GIB, ValueInStandard: 100 * GIB, ValueInIA: 400 * GIB, ValueInArchive: 0 },
        ...item,
      }),
      prices,
      settings,
    }),
  );

describe('efsUnmounted', () => {
  it('finds a file system without a mount target: 100 x 0.30 + 400 x 0.025', () => {
    expect(judge({})).toStrictEqual({
      verdict: 'FINDING',
      figures: { age_days: '14', list_cost: '40.00', list_saving: '40.00' },
    });
  });

  it.each([
    ['in one zone: 10 x 0.16', { AvailabilityZoneName: 'us-east-1a' }, '1.60'],
    ['of Standard: 10 x 0.30', {}, '3.00'],
  ])('reads an answer with one total, %s', (_, item, list_saving) => {
    expect(judge({ SizeInBytes: { Value: 10 * GIB }, ...item }).figures).toMatchObject({ list_saving });
  });

  it.each([
    ['with a mount target', { NumberOfMountTargets: 1 }],
    ['without a byte', { SizeInBytes: { Value: 0 } }],
    ['that is being made', { LifeCycleState: 'creating' }],
    ['of 13 days', { CreationTime: '2026-11-07T00:00:00Z' }],
  ])('says nothing about a file system %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('takes the days from the settings', () => {
    expect(judge({}, PRICES, { EFS_UNMOUNTED_GRACE_DAYS: 15 }).verdict).toBe('OK');
  });

  it('has no dollars without a price, and cannot know without a size', () => {
    expect(judge({}, {})).toStrictEqual({ verdict: 'FINDING', figures: {} });
    expect(judge({ SizeInBytes: undefined }).reason).toBe('FIELD_MISSING');
  });
});
