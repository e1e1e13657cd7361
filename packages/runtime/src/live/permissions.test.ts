import { COLLECTORS, OWN_READS } from '@infrafabric/collect/live';
import { PRICE_READS } from '@infrafabric/collect/prices';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { iamPolicy } from './permissions.ts';

const ALL = ['pricing', 'rightsizing', 'upgrade-risk', 'budget'];
const actionsOf = (roles: readonly string[]): readonly string[] => iamPolicy(roles).Statement[0].Action;

test('docs/iam-policy.json is what every read declares', async () => {
  const page = resolve(import.meta.dirname, '../../../../docs/iam-policy.json');
  await expect(`${JSON.stringify(iamPolicy(ALL), undefined, 2)}\n`).toMatchFileSnapshot(page);
  const declared = [...COLLECTORS, ...OWN_READS, ...PRICE_READS].flatMap((one) => one.iam);
  expect(new Set(actionsOf(ALL))).toStrictEqual(
    new Set(declared.filter((action) => action !== 'sts:GetCallerIdentity')),
  );
});

test.each([
  ['pricing', 'pricing:GetProducts', true],
  ['pricing', 'savingsplans:DescribeSavingsPlansOfferingRates', true],
  ['pricing', 'ec2:DescribeSpotPriceHistory', true],
  ['pricing', 'ce:GetReservationUtilization', true],
  ['budget', 'ce:GetCostAndUsage', true],
  ['budget', 'budgets:ViewBudget', true],
  ['upgrade-risk', 'eks:DescribeCluster', true],
  ['upgrade-risk', 'pricing:GetProducts', false],
  ['upgrade-risk', 'ce:GetCostAndUsage', false],
  ['rightsizing', 'cloudwatch:GetMetricData', true],
])('the policy of %s and %s: %s', (role, action, isIn) => {
  expect(actionsOf([role]).includes(action)).toBe(isIn);
});

test('nothing in it writes', () => {
  const reads = /^[a-z0-9-]+:(?:Describe|List|Get|View)[A-Z]/;
  expect(actionsOf(ALL).filter((action) => !reads.test(action))).toStrictEqual([]);
});
