import { defineCollector } from '../../collector.ts';

/** Accelerators, which cost by the hour while they are enabled; the service answers in us-west-2. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20. */
export const globalAcceleratorListAccelerators = defineCollector({
  client: 'global-accelerator',
  operation: 'ListAccelerators',
  iam: ['globalaccelerator:ListAccelerators'],
  scope: { global: 'us-west-2' },
  load: async () => {
    const { GlobalAcceleratorClient: Client, ListAcceleratorsCommand: Command } =
      await import('@aws-sdk/client-global-accelerator');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  serves: 'NET-20',
});
