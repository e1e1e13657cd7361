import { defineCollector } from '../../collector.ts';

/**
 * Secrets by name, with when they were last read; never a value. Pages of 1 to 100: botocore 1.44.5 model, 2026-11-20.
 * A request: 0.05 USD for 10,000, AWS Secrets Manager pricing, us-east-1, 2026-11-20.
 */
export const secretsManagerListSecrets = defineCollector({
  client: 'secrets-manager',
  operation: 'ListSecrets',
  iam: ['secretsmanager:ListSecrets'],
  scope: 'region',
  load: async () => {
    const { SecretsManagerClient: Client, ListSecretsCommand: Command } =
      await import('@aws-sdk/client-secrets-manager');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 100, least: 1 } },
  usdPerRequest: '0.000005',
  serves: 'SEC-01',
});
