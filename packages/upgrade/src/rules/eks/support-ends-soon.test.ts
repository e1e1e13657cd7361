import { figureValues } from '@infrafabric/finops/testing';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { eksSupportEndsSoon } from './support-ends-soon.ts';

test.for([
  ['1.34', '2026-09-02', 'OK', undefined], // 91 days before 2026-12-02
  ['1.34', '2026-09-03', 'FINDING', '90'],
  ['1.34', '2026-12-02', 'FINDING', '0'],
  ['1.34', '2026-12-03', 'OK', undefined],
  ['1.32', '2026-11-20', 'OK', undefined],
] as const)('EKS %s on %s is %s with %s days left', ([version, asOf, verdict, days]) => {
  expect(figureValues(eksSupportEndsSoon, judged('EksCluster', { version }, { asOf }))).toStrictEqual({
    verdict,
    figures: days === undefined ? {} : { days_left: days },
  });
});

test('the statement says what the upgrade policy makes happen', () => {
  expect(saying(eksSupportEndsSoon, judged('EksCluster', { version: '1.34' }))).toBe(
    'Standard support of EKS 1.34 ends on 2026-12-02, in {days_left}; it then enters extended support at a surcharge. Next hop: 1.35 (go).',
  );
  expect(
    saying(eksSupportEndsSoon, judged('EksCluster', { version: '1.34', upgradePolicy: { supportType: 'STANDARD' } })),
  ).toContain('its upgrade policy STANDARD lets AWS upgrade the control plane then');
});

test('the window is a setting', () => {
  const subject = judged('EksCluster', { version: '1.35' }, { settings: { eks_support_soon_days: 200 } });

  expect(figureValues(eksSupportEndsSoon, subject)).toStrictEqual({
    verdict: 'FINDING',
    figures: { days_left: '127' },
  });
});

test('no version and an unknown version are UNKNOWN', () => {
  expect(saying(eksSupportEndsSoon, judged('EksCluster', {}))).toContain('UNKNOWN FIELD_MISSING');
  expect(saying(eksSupportEndsSoon, judged('EksCluster', { version: '1.99' }))).toContain('UNKNOWN NO_LIFECYCLE');
});
