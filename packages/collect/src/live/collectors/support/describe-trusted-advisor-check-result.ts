import { ADVISOR_CHECKS, textsAt } from '@infrafabric/finops';
import { type InputContext, defineCollector } from '../../collector.ts';
import { itemsOf } from '../answered.ts';

/** What a check of Trusted Advisor flagged, for the checks about cost that the account has and we can read; plan and region as for the list of checks. */
export const supportDescribeTrustedAdvisorCheckResult = defineCollector({
  client: 'support',
  operation: 'DescribeTrustedAdvisorCheckResult',
  iam: ['support:DescribeTrustedAdvisorCheckResult'],
  scope: { global: 'us-east-1' },
  load: async () => {
    const { SupportClient: Client, DescribeTrustedAdvisorCheckResultCommand: Command } =
      await import('@aws-sdk/client-support');
    return { Client, Command };
  },
  after: ['support.DescribeTrustedAdvisorChecks'],
  inputs: costChecks,
  probe: { checkId: 'Qch7DwouX1', language: 'en' },
  serves: 'a second opinion on idle and underused resources',
});

/** Category as the answer spells it: AWS Support API Reference, TrustedAdvisorCheckDescription, 2026-11-21. */
function costChecks({ answers }: InputContext) {
  const checks = itemsOf(answers('support.DescribeTrustedAdvisorChecks'), 'checks/*');
  return checks
    .filter((check) => check['category'] === 'cost_optimizing')
    .flatMap((check) => textsAt(check, 'id'))
    .filter((id) => ADVISOR_CHECKS.has(id))
    .map((checkId) => ({ checkId, language: 'en' }));
}
