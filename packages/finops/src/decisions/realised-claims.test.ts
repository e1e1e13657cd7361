import { evidenceId } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { type Decision, findingIdOf } from '../model/decision.ts';
import { type BillLine, aBill, aCitedBill, onDay } from '../testing/index.ts';
import { DECISION_DERIVATIONS } from './realised-derivations.ts';
import { realisedResult } from './realised-claims.ts';

const VOLUME = 'vol-0123456789abcdef0';
const dayAt = (first: string, n: number): string => new Date(Date.parse(first) + n * 86_400_000).toJSON().slice(0, 10);

/** A bill of days in which a volume costs `costs[n]` on day n (nothing: no line), beside an instance for 1 USD a day. */
const billOf = (first: string, costs: readonly (string | undefined)[]) =>
  aCitedBill(
    aBill(
      costs.flatMap((cost, n): BillLine[] => {
        const day = onDay(dayAt(first, n));
        const volume = cost === undefined ? [] : [{ BilledCost: cost, ResourceId: VOLUME, ...day }];
        return [{ BilledCost: '1', ...day }, ...volume];
      }),
    ),
  );

const accepted = (rule: string, effective: string, at = '2026-10-21T09:00:00Z') => {
  const resource = `111122223333/us-east-1/EbsVolume/${VOLUME}`;
  const decision: Decision = {
    decision: 'accept',
    finding: findingIdOf(rule, resource),
    rule,
    resource,
    by: 'Ann',
    at,
    claimed: { effective, cost: '91.32', as_of: '2026-10-20', report_sha256: `sha256:${'e'.repeat(64)}` },
  };
  const citation = {
    evidence: evidenceId('d'.repeat(64)),
    pointer: '/decisions/0',
    media_type: 'application/json',
  } as const;
  return { decision, citation };
};

const told = (bill: ReturnType<typeof billOf>, ...decisions: ReturnType<typeof accepted>[]) => {
  const { claims, notes } = realisedResult(bill, decisions, '2026-11-20');
  return [...claims.map(({ statement }) => statement), ...notes.map(({ detail }) => detail)];
};

const twenty = (cost: string | undefined): (string | undefined)[] => Array.from({ length: 20 }, () => cost);

describe('an accepted finding', () => {
  // 20 days of 3.00 before 2026-10-21, the 21st itself, then 30 of 2.40: (3.00 - 2.40) x 30.44 = 18.26
  const moved = billOf('2026-10-01', [...twenty('3'), ...Array.from({ length: 30 }, () => '2.40')]);

  test('is measured on the days before and since, and all of them together', () => {
    expect(told(moved, accepted('ebs-gp2-to-gp3', '20.00'))).toStrictEqual([
      `ebs-gp2-to-gp3 on 111122223333/us-east-1/EbsVolume/${VOLUME}, accepted on 2026-10-21, claimed 20.00 USD/month; ` +
        'the bill shows 18.26 USD/month: it cost 91.32 USD/month before and costs 73.06 USD/month now.',
      'Accepted findings on 1 resource claimed 20.00 USD/month; the bill shows 18.26 USD/month.',
      '91.3 % of what accepted findings claimed is realised.',
    ]);
  });

  test('has figures that are computed again from the bill and the decision', () => {
    const one = accepted('ebs-gp2-to-gp3', '20.00');
    const [claim] = realisedResult(moved, [one], '2026-11-20').claims;
    for (const figure of claim?.figures ?? []) {
      const derivation = DECISION_DERIVATIONS.find(({ id }) => id === figure.derivation.id);
      expect(derivation?.compute([...moved.cited, one.decision], figure.derivation.params)).toBe(figure.value);
      expect(figure.citations.at(-1)).toStrictEqual(one.citation);
    }
  });

  test('that deleted its resource saved all it cost', () => {
    const gone = billOf('2026-10-01', [...twenty('3'), ...Array.from({ length: 30 }, () => undefined)]);
    expect(told(gone, accepted('ebs-unattached', '91.32'))[0]).toContain(
      'the bill shows 91.32 USD/month: it cost 91.32 USD/month before and costs 0.00 USD/month now',
    );
  });

  test('is measured against the report it was accepted in when the bill begins later', () => {
    const later = billOf(
      '2026-10-25',
      Array.from({ length: 25 }, () => '2.40'),
    );
    expect(told(later, accepted('ebs-gp2-to-gp3', '20.00'))[0]).toContain(
      'it cost 91.32 USD/month by the report it was accepted in and costs 73.06 USD/month now',
    );
  });

  test('shares its resource with another: what they claimed is added, what is realised is not', () => {
    const both = told(moved, accepted('ebs-gp2-to-gp3', '20.00'), accepted('ebs-io-to-gp3', '5.00'));
    expect(both).toHaveLength(3);
    expect(both[0]).toContain('claimed 25.00 USD/month; the bill shows 18.26 USD/month');
  });

  test.each([
    ['too lately', '2026-11-15T09:00:00Z', 'the bill has fewer than 7 days after it was accepted'],
    ['after the bill', '2026-12-15T09:00:00Z', 'the bill has fewer than 7 days after it was accepted'],
  ])('%s is not measured', (_, at, why) => {
    expect(told(moved, accepted('ebs-gp2-to-gp3', '20.00', at))).toStrictEqual([
      `ebs-gp2-to-gp3 on 111122223333/us-east-1/EbsVolume/${VOLUME}, accepted on ${at.slice(0, 10)}: ${why}.`,
    ]);
  });
});
