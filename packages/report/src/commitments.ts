import { type CommitmentAdvice, type CommitmentResult, type Finding, type TaskResult } from '@infrafabric/finops';
import type { Commitments } from './model-commitments.ts';

/** The rule that advises one instance at a time; where the bill says what runs, one purchase for all stands for its findings. */
const ONE_BY_ONE = 'ec2-savings-plan';

/** What ran on demand, if the session read it off a bill. */
export const commitmentsOf = (results: readonly TaskResult[]): CommitmentResult | undefined =>
  results.find((result) => result.kind === 'commitments');

/** Findings without those that the advice for all that runs stands for: instances the bill has hours of. */
export function withoutReplaced(
  findings: readonly Finding[],
  result: CommitmentResult | undefined,
): { readonly kept: readonly Finding[]; readonly replaced: number } {
  const hasMachines = result?.usage?.items.some((item) => item.key.startsWith('ec2/')) === true;
  const kept = findings.filter(
    ({ rule, verdict, savings }) =>
      !(hasMachines && rule === ONE_BY_ONE && verdict === 'FINDING' && savings?.basis === 'bill'),
  );
  return { kept, replaced: findings.length - kept.length };
}

/** The advice as the report shows it; nothing where no bill says what ran. */
export function reportCommitments(
  advice: CommitmentAdvice | undefined,
  replaced: number,
): { readonly commitments?: Commitments } {
  if (advice === undefined) return {};
  const { total, usage, held, options, unknown } = advice;
  const usd_month = total.figures[0]?.value ?? '0.00';
  return {
    commitments: {
      claim: total.id,
      usd_month,
      ...(usage === undefined ? {} : { usage }),
      held,
      replaces: replaced,
      options,
      unknown,
    },
  };
}
