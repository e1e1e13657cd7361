import { defineCollector } from '../../collector.ts';

/** Names of OpenSearch and Elasticsearch domains; one page. */
export const opensearchListDomainNames = defineCollector({
  client: 'opensearch',
  operation: 'ListDomainNames',
  iam: ['es:ListDomainNames'],
  scope: 'region',
  load: async () => {
    const { OpenSearchClient: Client, ListDomainNamesCommand: Command } = await import('@aws-sdk/client-opensearch');
    return { Client, Command };
  },
  serves: 'opensearch.DescribeDomains',
});
