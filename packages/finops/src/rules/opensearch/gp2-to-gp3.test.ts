import type { JsonObject } from '@infrafabric/protocol';
import { expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { opensearchGp2ToGp3 } from './gp2-to-gp3.ts';

const PRICES = {
  'opensearch/us-east-1/storage/gp2/gb-month': '0.135',
  'opensearch/us-east-1/storage/gp3/gb-month': '0.122',
};
const judge = (item: JsonObject = {}, prices: Record<string, string> = PRICES) =>
  judged(
    opensearchGp2ToGp3,
    aSubject({
      of: anObserved('OpenSearchDomain', 'logs', {
        DomainName: 'logs',
        EBSOptions: { EBSEnabled: true, VolumeType: 'gp2', VolumeSize: 100 },
        ClusterConfig: { InstanceType: 'r5.large.search', InstanceCount: 2 },
        ...item,
      }),
      prices,
    }),
  );

it('moves two volumes of 100 GiB: 200 x 0.135, 200 x 0.013', () => {
  expect(judge()).toStrictEqual({
    verdict: 'FINDING',
    figures: { saving_percent: '9.6', list_cost: '27.00', list_saving: '2.60' },
  });
});

it.each([
  [{ EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 100 } }],
  [{ EBSOptions: { EBSEnabled: false } }],
  [{ ClusterConfig: { InstanceType: 'm4.large.search', InstanceCount: 2 } }],
  [{ ClusterConfig: { InstanceType: 't2.small.search', InstanceCount: 1 } }],
])('says OK of %o', (item) => {
  expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
});

it.each([
  ['NO_METRICS', { EBSOptions: { EBSEnabled: true, VolumeType: 'gp2', VolumeSize: 171 } }, PRICES],
  ['NO_PRICE', {}, {}],
  ['FIELD_MISSING', { ClusterConfig: undefined }, PRICES],
])('cannot know (%s) from %o', (reason, item, prices) => {
  expect(judge(item, prices)).toStrictEqual({ verdict: 'UNKNOWN', reason, figures: {} });
});
