import { expect, test } from 'vitest';
import { decideEksStep, eksWayOut, planEksHops } from './decision.ts';
import { ourLifecycles } from './testing/our-tables.ts';

const lifecycleOf = (key: string) => ourLifecycles(key)?.value;
const without133 = (key: string) => (key === 'amazon-eks/1.33' ? undefined : lifecycleOf(key));

test('1.31 to 1.35 is four hops', () => {
  expect(planEksHops({ from: '1.31', to: '1.35' }, lifecycleOf)).toStrictEqual({
    hops: ['1.32', '1.33', '1.34', '1.35'],
  });
});

test.for([
  ['1.31', '1.99', 'VERSION_UNKNOWN'],
  ['1.10', '1.35', 'VERSION_UNKNOWN'],
  ['1.31', 'latest', 'VERSION_UNKNOWN'],
  ['1.31', '2.1', 'VERSION_UNKNOWN'],
  ['1.32', '1.32', 'NOT_AN_UPGRADE'],
  ['1.33', '1.32', 'NOT_AN_UPGRADE'],
] as const)('the way from %s to %s is refused: %s', ([from, to, refused]) => {
  expect(planEksHops({ from, to }, lifecycleOf)).toMatchObject({ refused });
});

test('a version between the ends that no source knows is refused', () => {
  expect(planEksHops({ from: '1.31', to: '1.35' }, without133)).toStrictEqual({
    refused: 'VERSION_UNKNOWN',
    detail: 'EKS version 1.33 is not in the life-cycle table',
  });
});

test.for([
  ['1.34', '1.35', '2026-11-20', 'GO'],
  ['1.33', '1.34', '2026-09-02', 'GO'], // 91 days before 2026-12-02
  ['1.33', '1.34', '2026-09-03', 'CAUTION'], // 90 days before
  ['1.31', '1.32', '2026-11-20', 'CAUTION'], // 1.32 left standard support on 2026-03-23
  ['1.29', '1.30', '2026-11-20', 'NO_GO'], // 1.30 left extended support on 2026-07-23
  ['1.33', '1.35', '2026-11-20', 'NO_GO'], // two minors
  ['1.35', '1.34', '2026-11-20', 'NO_GO'],
  ['1.36', '1.37', '2026-11-20', 'NO_GO'],
] as const)('the step from %s to %s on %s is %s', ([from, to, asOf, decision]) => {
  expect(decideEksStep({ from, to }, asOf, lifecycleOf).decision).toBe(decision);
});

test('a step of two minors names the next one', () => {
  expect(decideEksStep({ from: '1.33', to: '1.35' }, '2026-11-20', lifecycleOf).reasons).toStrictEqual([
    'EKS upgrades one minor version at a time: next is 1.34',
  ]);
});

test('the way out leads to the first version with more than 90 days of standard support', () => {
  expect(eksWayOut('1.31', '2026-11-20', lifecycleOf)).toStrictEqual({ hops: ['1.32', '1.33', '1.34', '1.35'] });
  expect(eksWayOut('1.31', '2027-01-15', lifecycleOf)).toStrictEqual({
    hops: ['1.32', '1.33', '1.34', '1.35', '1.36'],
  });
  expect(eksWayOut('1.36', '2026-11-20', lifecycleOf)).toMatchObject({ refused: 'NOT_AN_UPGRADE' });
  expect(eksWayOut('one', '2026-11-20', lifecycleOf)).toMatchObject({ refused: 'VERSION_UNKNOWN' });
});
