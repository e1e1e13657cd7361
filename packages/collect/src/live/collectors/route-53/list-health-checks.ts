import { defineCollector } from '../../collector.ts';

/** Health checks. Pages of 1 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const route53ListHealthChecks = defineCollector({
  client: 'route-53',
  operation: 'ListHealthChecks',
  iam: ['route53:ListHealthChecks'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { Route53Client: Client, ListHealthChecksCommand: Command } = await import('@aws-sdk/client-route-53');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'MaxItems', page: 100, least: 1 } },
  serves: 'NET-21 unused health checks',
});
