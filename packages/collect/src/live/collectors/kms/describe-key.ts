import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/**
 * A key with its state, origin and manager.
 * A request: 0.03 USD for 10,000, AWS KMS pricing, us-east-1, 2026-11-20.
 */
export const kmsDescribeKey = defineCollector({
  client: 'kms',
  operation: 'DescribeKey',
  iam: ['kms:DescribeKey'],
  scope: 'region',
  load: async () => {
    const { KMSClient: Client, DescribeKeyCommand: Command } = await import('@aws-sdk/client-kms');
    return { Client, Command };
  },
  after: ['kms.ListKeys'],
  inputs: ({ answers }) => textsOf(answers('kms.ListKeys'), 'Keys/*/KeyId').map((KeyId) => ({ KeyId })),
  probe: { KeyId: '00000000-0000-0000-0000-000000000000' },
  usdPerRequest: '0.000003',
  serves: 'KMS-01',
});
