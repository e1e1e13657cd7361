import { defineCollector } from '../../collector.ts';

/**
 * Ids of keys. Pages of 1 to 1,000: botocore 1.44.5 model, 2026-11-20.
 * A request: 0.03 USD for 10,000, AWS KMS pricing, us-east-1, 2026-11-20.
 */
export const kmsListKeys = defineCollector({
  client: 'kms',
  operation: 'ListKeys',
  iam: ['kms:ListKeys'],
  scope: 'region',
  load: async () => {
    const { KMSClient: Client, ListKeysCommand: Command } = await import('@aws-sdk/client-kms');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'Limit', page: 1000, least: 1 } },
  usdPerRequest: '0.000003',
  serves: 'kms.DescribeKey',
});
