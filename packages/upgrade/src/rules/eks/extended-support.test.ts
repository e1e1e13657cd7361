import { figureValues } from '@infrafabric/finops/testing';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { eksExtendedSupport } from './extended-support.ts';

const cluster = (version: string | undefined, asOf = '2026-11-20', region = 'us-east-1') =>
  judged('EksCluster', version === undefined ? { name: 'a' } : { name: 'a', version }, { asOf, region });

test('a cluster in extended support could save 365.00 of 438.00 a month', () => {
  expect(figureValues(eksExtendedSupport, cluster('1.31'))).toStrictEqual({
    verdict: 'FINDING',
    figures: { days_left: '6', surcharge: '365.00', list_cost: '438.00', list_saving: '365.00' },
  });
  expect(saying(eksExtendedSupport, cluster('1.31'))).toBe(
    'EKS 1.31 left standard support on 2025-11-26: extended support costs {surcharge} more than a supported version; ' +
      'extended support ends on 2026-11-26, in {days_left}. ' +
      'Next hop: 1.32 (caution, EKS 1.32 is itself in extended support since 2026-03-23), then 1.33, 1.34, 1.35.',
  );
});

test.for([
  ['1.34', '2026-12-02', 'OK'],
  ['1.34', '2026-12-03', 'FINDING'],
  ['1.31', '2026-11-26', 'FINDING'],
  ['1.35', '2026-11-20', 'OK'],
] as const)('EKS %s on %s is %s', ([version, asOf, verdict]) => {
  expect(figureValues(eksExtendedSupport, cluster(version, asOf)).verdict).toBe(verdict);
});

test('a cluster past extended support is a finding without a surcharge', () => {
  expect(figureValues(eksExtendedSupport, cluster('1.31', '2026-11-27'))).toStrictEqual({
    verdict: 'FINDING',
    figures: {},
  });
  expect(eksExtendedSupport.judge(cluster('1.25'))).toMatchObject({ severity: 9, confidence: '0.75' });
});

test.for([
  [undefined, 'us-east-1', 'FIELD_MISSING'],
  ['1.10', 'us-east-1', 'NO_LIFECYCLE'],
  ['1.99', 'us-east-1', 'NO_LIFECYCLE'],
  ['1.32', 'us-gov-west-1', 'NO_PRICE'],
  ['1.32', 'cn-north-1', 'NO_PRICE'],
] as const)('version %s in %s is UNKNOWN(%s)', ([version, region, reason]) => {
  expect(figureValues(eksExtendedSupport, cluster(version, '2026-11-20', region))).toStrictEqual({
    verdict: 'UNKNOWN',
    reason,
    figures: {},
  });
});
