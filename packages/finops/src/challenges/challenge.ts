import { costIndex } from '../bill/resource-join.ts';
import type { ChallengeOrder } from '../model/challenge.ts';
import type { Finding } from '../model/finding.ts';
import type { TaskResult } from '../model/result.ts';
import { Decimal } from '../money.ts';
import { findingKey } from '../savings/waterfall.ts';
import { isSameRoad } from './second-road.ts';

/** At most so many claims of one session are challenged, the largest effective savings first. Source: our own choice. */
export const MOST_CHALLENGED = 10;

/** And at most so many of the largest savings are looked at for a second road. Source: our own choice. */
export const MOST_LOOKED_AT = 30;

/** Two derivations of one saving that differ by more percent than this contradict each other. Source: our own choice. */
export const TOLERANCE_PERCENT = '20';

/** Why no second agent can derive a saving again. */
export const NO_SECOND_ROAD = ['NO_BILL', 'NOT_ON_BILL', 'NO_SECOND_PRICE', 'OTHER_CHARGES', 'SAME_EVIDENCE'] as const;

/**
 * Rules that remove a resource and price all that a bill charges under its name, so that the bill alone says the saving.
 *
 * Not among them: what keeps storage or snapshots (`rds-idle`, `rds-stopped`, `ebs-on-stopped-instance`), what may carry a
 * surcharge under the same name (`eks-idle-cluster`, `elasticache-idle`), and what is used in part.
 */
export const WHOLE_REMOVALS: ReadonlySet<string> = new Set([
  'dynamodb-idle',
  'ebs-idle',
  'ebs-unattached',
  'ec2-idle',
  'ec2-idle-dedicated-host',
  'efs-unmounted',
  'elb-classic-no-instances',
  'elb-idle',
  'elb-no-targets',
  'kinesis-idle',
  'kms-disabled-key',
  'network-idle-elastic-ip',
  'network-idle-interface-endpoint',
  'network-idle-nat-gateway',
  'network-idle-transit-gateway-attachment',
  'redshift-idle',
  'sagemaker-idle-endpoint',
  'secrets-unused',
]);

/** A saving that is to be derived again. */
export interface Challenge extends ChallengeOrder {
  readonly finding: Finding;
}

/** A saving nobody can derive again. */
export interface Unchallengeable {
  readonly finding: Finding;
  readonly reason: (typeof NO_SECOND_ROAD)[number];
}

/**
 * Which of a session's savings are challenged, and which of the largest cannot be: a pure function of the results, whatever
 * their order. The largest effective saving comes first.
 */
export function challengesOf(results: readonly TaskResult[]): (Challenge | Unchallengeable)[] {
  const judged = results.filter((result) => result.kind === 'judge');
  const claims = new Map(judged.flatMap((result) => result.claims.map((claim) => [claim.id, claim] as const)));
  const costs = results.flatMap((result) => (result.kind === 'bill' ? result.costs : []));
  const costOf = costIndex(costs).of;
  const largest = judged
    .flatMap((result) => result.findings)
    .filter((finding) => finding.excluded === undefined && isAboveZero(finding))
    .toSorted(byEffective)
    .slice(0, MOST_LOOKED_AT);
  const looked = largest.map((finding) => {
    const claim = claims.get(finding.claim ?? '');
    const facts = costOf(finding.resource);
    const why = (reason: Unchallengeable['reason']): Unchallengeable => ({ finding, reason });
    if (finding.step !== 'terminate' || claim === undefined) return why('NO_SECOND_PRICE');
    if (!WHOLE_REMOVALS.has(finding.rule)) return why('OTHER_CHARGES');
    if (costs.length === 0) return why('NO_BILL');
    if (facts === undefined) return why('NOT_ON_BILL');
    if (isSameRoad(claim, facts.citations)) return why('SAME_EVIDENCE');
    return { finding, claim, billed: { resource_id: facts.resource_id, basis: facts.basis } };
  });
  const sent = new Set(looked.filter(isChallenge).slice(0, MOST_CHALLENGED));
  return looked.filter((one) => !isChallenge(one) || sent.has(one));
}

/** Whether a saving can be derived again. */
export const isChallenge = (one: Challenge | Unchallengeable): one is Challenge => 'billed' in one;

const effectiveOf = ({ savings }: Finding): Decimal => new Decimal(savings?.effective ?? 0);
const isAboveZero = (finding: Finding): boolean => finding.verdict === 'FINDING' && effectiveOf(finding).greaterThan(0);

function byEffective(a: Finding, b: Finding): number {
  return effectiveOf(b).comparedTo(effectiveOf(a)) || (findingKey(a) < findingKey(b) ? -1 : 1);
}
