import type { Report } from '@infrafabric/report';
import type { Filled } from './fill-account.ts';

/** What was made in a region of an account. */
export interface FilledPlace {
  readonly account: string;
  readonly region: string;
  readonly made: Filled;
}

/** Every planted waste by rule, account, region and resource, with its list saving a month in USD; `null` where no price is sourced. */
export function planted(filled: readonly FilledPlace[]): (string | null)[][] {
  return filled
    .flatMap(({ account, region, made }) => {
      const price = (usd: string): string | null => (region === 'us-east-1' ? usd : null);
      const here = (rule: string, id: string, usd: string | null) => [rule, account, region, id, usd];
      return [
        here('ebs-unattached', made.gp2, region === 'us-east-1' ? '10.00' : '11.00'), // 100 x 0.10; 100 x 0.11
        here('ec2-idle', made.idle, price('70.08')), // 0.096 x 730
        here('lambda-idle', 'unused', null),
        here('network-idle-elastic-ip', made.address, price('3.65')), // 0.005 x 730
        here('rds-idle', `orders-${region}`, null),
        ...(region === 'us-east-1'
          ? [
              here('dynamodb-overprovisioned', 'sessions', '2.28'), // 4 of 5 units: (0.00013 + 0.00065) x 4 x 730
              here('ebs-gp2-to-gp3', made.gp2, '2.00'), // 100 x (0.10 - 0.08)
            ]
          : []),
      ];
    })
    .sort(byText);
}

/** The order of rows by their text. */
export const byText = (a: readonly unknown[], b: readonly unknown[]): number => (a.join() < b.join() ? -1 : 1);

/** The findings of rules whose waste was planted; boot volumes are moto's own. */
export function foundIn(report: Report, filled: readonly FilledPlace[]): (string | null)[][] {
  const rules = new Set(planted(filled).map(([rule]) => rule));
  return report.findings
    .flatMap((one) => {
      if (one.verdict !== 'FINDING' || !rules.has(one.rule) || one.savings?.list === '0.16') return [];
      return [[one.rule, one.resource.account, one.resource.region, one.resource.id, one.savings?.list ?? null]];
    })
    .sort(byText);
}
