import { defineCollector } from '../../collector.ts';

/** The checks of Trusted Advisor with their categories; answered in us-east-1 only, and only for accounts with a Business, Enterprise On-Ramp or Enterprise plan: AWS Support API Reference, 2026-11-21. */
export const supportDescribeTrustedAdvisorChecks = defineCollector({
  client: 'support',
  operation: 'DescribeTrustedAdvisorChecks',
  iam: ['support:DescribeTrustedAdvisorChecks'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { SupportClient: Client, DescribeTrustedAdvisorChecksCommand: Command } =
      await import('@aws-sdk/client-support');
    return { Client, Command };
  },
  inputs: () => [{ language: 'en' }],
  serves: '`support.DescribeTrustedAdvisorCheckResult`',
});
