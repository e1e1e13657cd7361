import { defineCollector } from '../../collector.ts';
import { batchesOf, textsOf } from '../answered.ts';

/** OpenSearch and Elasticsearch domains with version, nodes and storage, at most 5 a call: botocore 1.44.5 model, 2026-11-20. */
export const opensearchDescribeDomains = defineCollector({
  client: 'opensearch',
  operation: 'DescribeDomains',
  iam: ['es:DescribeDomains'],
  scope: 'region',
  load: async () => {
    const { OpenSearchClient: Client, DescribeDomainsCommand: Command } = await import('@aws-sdk/client-opensearch');
    return { Client, Command };
  },
  after: ['opensearch.ListDomainNames'],
  inputs: ({ answers }) =>
    batchesOf(textsOf(answers('opensearch.ListDomainNames'), 'DomainNames/*/DomainName'), 5).map((DomainNames) => ({
      DomainNames,
    })),
  probe: { DomainNames: ['infrafabric-probe'] },
  serves: 'idle domains, engines past support',
});
