import { figureValues } from '@infrafabric/finops/testing';
import type { JsonObject } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { judged, saying } from '../../testing/our-tables.ts';
import { openSearchExtendedSupport } from './extended-support.ts';

const domain = (item: JsonObject, more: Parameters<typeof judged>[2] = {}) =>
  judged(
    'OpenSearchDomain',
    {
      EngineVersion: 'Elasticsearch_5.6',
      ClusterConfig: { InstanceType: 'r6g.2xlarge.search', InstanceCount: 3 },
      ...item,
    },
    more,
  );

test.for([
  ['2025-11-07', 'us-east-1', 'OK', {}],
  // 3 nodes x 16 x 0.0065 x 730
  [
    '2025-11-08',
    'us-east-1',
    'FINDING',
    { days_left: '1095', surcharge: '227.76', list_cost: '227.76', list_saving: '227.76' },
  ],
  // 0.0076 in eu-central-1
  [
    '2025-11-08',
    'eu-central-1',
    'FINDING',
    { days_left: '1095', surcharge: '266.30', list_cost: '266.30', list_saving: '266.30' },
  ],
] as const)('Elasticsearch 5.6 on %s in %s is %s', ([asOf, region, verdict, figures]) => {
  expect(figureValues(openSearchExtendedSupport, domain({}, { asOf, region }))).toStrictEqual({ verdict, figures });
});

test('where sources disagree whether support is over no dollars are counted', () => {
  const subject = domain({ EngineVersion: 'OpenSearch_2.9' });

  expect(figureValues(openSearchExtendedSupport, subject)).toStrictEqual({ verdict: 'FINDING', figures: {} });
  expect(saying(openSearchExtendedSupport, subject)).toBe(
    'OpenSearch 2.9 left standard support on 2025-11-07 and by some sources is past all support: extended support ends on ' +
      '2026-11-07 or 2027-11-07 (sources differ), so no surcharge is counted; AWS may isolate such a domain.',
  );
});

test.for([
  [{ EngineVersion: 'OpenSearch_2.11' }, {}, 'OK'],
  [{ EngineVersion: 'OpenSearch_3.1' }, {}, 'OK'],
  [{ EngineVersion: 'Elasticsearch_7.10' }, {}, 'UNKNOWN NO_LIFECYCLE'],
  [{ EngineVersion: 7 }, {}, 'UNKNOWN FIELD_MISSING'],
  [{ ClusterConfig: {} }, {}, 'UNKNOWN FIELD_MISSING'],
  [{ ClusterConfig: { InstanceType: 'ultra.search', InstanceCount: 1 } }, {}, 'UNKNOWN NO_SPECIFICATION'],
  [{}, { region: 'af-south-1' }, 'UNKNOWN NO_PRICE'],
] as const)('%o, %o: %s', ([item, more, start]) => {
  expect(saying(openSearchExtendedSupport, domain(item, more))).toMatch(new RegExp(`^${start}`));
});
