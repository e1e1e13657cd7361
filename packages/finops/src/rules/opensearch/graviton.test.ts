import type { JsonObject } from '@infrafabric/protocol';
import { describe, expect, it } from 'vitest';
import { aSubject, anObserved } from '../../testing/index.ts';
import { judged } from '../testing/judged.ts';
import { opensearchGraviton } from './graviton.ts';

const PRICES = {
  'opensearch/us-east-1/m5.large.search': '0.142',
  'opensearch/us-east-1/m6g.large.search': '0.128',
  'opensearch/us-east-1/c5.large.search': '0.125',
  'opensearch/us-east-1/c6g.large.search': '0.113',
};
const CONFIG = { InstanceType: 'm5.large.search', InstanceCount: 3, DedicatedMasterEnabled: false };
const MASTERS = { DedicatedMasterEnabled: true, DedicatedMasterType: 'c5.large.search', DedicatedMasterCount: 3 };
const judge = (item: JsonObject, prices: Record<string, string> = PRICES) =>
  judged(
    opensearchGraviton,
    aSubject({
      of: anObserved('OpenSearchDomain', 'logs', {
        DomainName: 'logs',
        EngineVersion: 'OpenSearch_2.19',
        ClusterConfig: CONFIG,
        EBSOptions: { EBSEnabled: true },
        ...item,
      }),
      prices,
    }),
  );

describe('opensearchGraviton', () => {
  it('moves three m5.large nodes to m6g.large: 3 x 0.142 x 730, less 3 x 0.128 x 730', () => {
    expect(judge({})).toStrictEqual({ verdict: 'FINDING', figures: { list_cost: '310.98', list_saving: '30.66' } });
  });

  it('moves dedicated masters too: 3 x (0.014 + 0.012) x 730', () => {
    expect(judge({ ClusterConfig: { ...CONFIG, ...MASTERS } })).toStrictEqual({
      verdict: 'FINDING',
      figures: { list_cost: '584.73', list_saving: '56.94' },
    });
  });

  it('reads the older member names of an Elasticsearch domain', () => {
    const old = {
      EngineVersion: undefined,
      ClusterConfig: undefined,
      ElasticsearchVersion: '7.10',
      ElasticsearchClusterConfig: { ...CONFIG, InstanceType: 'm5.large.elasticsearch' },
    };
    expect(judge(old).figures).toStrictEqual({ list_cost: '310.98', list_saving: '30.66' });
  });

  it.each([
    ['is on Graviton', { ClusterConfig: { ...CONFIG, InstanceType: 'm6g.large.search' } }],
    [
      'is on a burstable type, which has no Graviton sibling',
      { ClusterConfig: { ...CONFIG, InstanceType: 't3.small.search' } },
    ],
    [
      'has masters without a Graviton sibling',
      { ClusterConfig: { ...CONFIG, ...MASTERS, DedicatedMasterType: 't3.small.search' } },
    ],
    ['keeps its data on the instance store', { EBSOptions: { EBSEnabled: false } }],
    ['runs an engine too old for Graviton', { EngineVersion: 'Elasticsearch_7.8' }],
  ])('says nothing about a domain that %s', (_, item) => {
    expect(judge(item)).toStrictEqual({ verdict: 'OK', figures: {} });
  });

  it('says nothing where Graviton costs as much', () => {
    expect(judge({}, { ...PRICES, 'opensearch/us-east-1/m6g.large.search': '0.142' }).verdict).toBe('OK');
  });

  it('cannot know without prices, nodes or a version', () => {
    expect(judge({}, {}).reason).toBe('NO_PRICE');
    expect(judge({ ClusterConfig: undefined }).reason).toBe('FIELD_MISSING');
    expect(judge({ EngineVersion: undefined }).reason).toBe('FIELD_MISSING');
  });
});
