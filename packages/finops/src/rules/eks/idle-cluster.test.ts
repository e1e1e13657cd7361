import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { eksIdleCluster } from './idle-cluster.ts';

const listing = (item: JsonObject) => anObserved('EksCluster', 'shop', item);
const EMPTY = [listing({ nodegroups: [] }), listing({ fargateProfileNames: [] })];
const judge = (also: ReturnType<typeof listing>[], item: JsonObject = {}, more: object = {}) =>
  judged(
    eksIdleCluster,
    aSubject({
      of: listing({ name: 'shop', version: '1.35', status: 'ACTIVE', ...item }),
      also,
      prices: { 'eks/us-east-1/cluster/hour': '0.10' },
      ...more,
    }),
  );

it('finds a cluster without node groups and Fargate profiles, 73.00 a month', () => {
  expect(judge(EMPTY)).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '73.00', list_saving: '73.00' } });
});

it.each([
  ['a node group', [listing({ nodegroups: ['workers'] })], {}],
  ['a Fargate profile', [...EMPTY, listing({ fargateProfileNames: ['all'] })], {}],
  ['Auto Mode', EMPTY, { computeConfig: { enabled: true } }],
])('says OK of a cluster with %s', (_, also, item) => {
  expect(judge(also, item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it('says OK of a cluster one of whose node groups is described', () => {
  const related = [anObserved('EksNodegroup', 'shop/workers', { nodegroupName: 'workers', clusterName: 'shop' })];

  expect(judge([], {}, { related })).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NOT_COLLECTED', []],
  ['NOT_COLLECTED', [listing({ nodegroups: [] })]],
])('cannot know (%s) without both lists', (reason, also) => {
  expect(judge(also)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});

it('cannot know from a list alone, and has no dollars without a price', () => {
  expect(judge(EMPTY, { version: undefined }).reason).toBe('FIELD_MISSING');
  expect(judge(EMPTY, {}, { prices: {} })).toStrictEqual({ verdict: 'FINDING', figures: {} });
});
