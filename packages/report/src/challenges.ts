import {
  type Challenge,
  type ChallengeResult,
  challengesOf,
  Decimal,
  type Finding,
  findingId,
  findingKey,
  formatUsd,
  isChallenge,
  lowered,
  MOST_CHALLENGED,
  MOST_LOOKED_AT,
  type TaskResult,
  TOLERANCE_PERCENT,
  type Unchallengeable,
} from '@infrafabric/finops';
import type { Claim } from '@infrafabric/protocol';
import type { Challenges } from './model-challenges.ts';

/** Findings once the challenged ones were heard, all claims with those of what was lowered, and what the report shows. */
export interface Challenged {
  readonly findings: readonly Finding[];
  readonly claims: readonly Claim[];
  readonly section: { readonly challenges?: Challenges };
}

/**
 * Holds the findings of results to what a second agent found: a disconfirmed saving counts at the smaller of the two values from here on.
 *
 * `claims` must hold the claims of the findings and of the challenges.
 */
export function heedChallenges(results: readonly TaskResult[], claims: readonly Claim[]): Challenged {
  const findings = results.flatMap((result) => (result.kind === 'judge' ? result.findings : []));
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const answers = new Map(
    results.flatMap((result) => (result.kind === 'challenge' ? [[result.challenged, result] as const] : [])),
  );
  const looked = challengesOf(results).map((one) => {
    const answer = isChallenge(one) ? answers.get(one.claim.id) : undefined;
    return {
      one,
      answer,
      after: answer?.outcome === 'disconfirm' ? lowerFinding(one.finding, answer, byId) : undefined,
    };
  });
  const after = new Map(
    looked.flatMap(({ one, after: low }) =>
      low === undefined ? [] : [[findingKey(one.finding), low.finding] as const],
    ),
  );
  const items = looked.map((heard) => itemOf(heard, byId));
  return {
    findings: after.size === 0 ? findings : findings.map((finding) => after.get(findingKey(finding)) ?? finding),
    claims: [...claims, ...looked.flatMap(({ after: low }) => low?.claim ?? [])],
    section: items.length === 0 ? {} : { challenges: sectionOf(items) },
  };
}

type Item = Challenges['items'][number];

interface Heard {
  readonly one: Challenge | Unchallengeable;
  readonly answer: ChallengeResult | undefined;
  readonly after: ReturnType<typeof lowered> | undefined;
}

type Claims = ReadonlyMap<string, Claim>;

function lowerFinding(
  finding: Finding,
  answer: ChallengeResult,
  claims: Claims,
): ReturnType<typeof lowered> | undefined {
  const { savings } = finding;
  const own = claims.get(finding.claim ?? '');
  const second = claims.get(answer.second);
  if (savings === undefined || own === undefined || second === undefined) return undefined;
  return lowered({ finding: { ...finding, savings }, own, billed: claims.get(savings.claim ?? ''), second });
}

function itemOf({ one, answer, after }: Heard, claims: Claims): Item {
  const { finding } = one;
  const head = {
    finding: findingId(finding),
    rule: finding.rule,
    resource: finding.resource,
    claim: finding.claim ?? '',
    claimed: finding.savings?.list ?? '0.00',
    effective: finding.savings?.effective ?? '0.00',
  };
  if (!isChallenge(one)) return { outcome: 'not-challengeable', ...head, reason: one.reason, detail: WHY[one.reason] };
  if (answer === undefined) return { outcome: 'unanswered', ...head };
  return {
    outcome: answer.outcome,
    ...head,
    second_claim: answer.second,
    verdict_claim: answer.verdict,
    second: valueOf(claims.get(answer.second), 'second_list'),
    apart_percent: valueOf(claims.get(answer.verdict), 'apart'),
    counted: after?.finding.savings?.effective ?? head.effective,
  };
}

const valueOf = (claim: Claim | undefined, name: string): string =>
  claim?.figures.find((figure) => figure.name === name)?.value ?? '0.00';

const WHY: Readonly<Record<Unchallengeable['reason'], string>> = {
  NO_BILL: 'No bill was given: the price table is the only evidence.',
  NOT_ON_BILL: 'The bill has no lines that are certainly of this resource.',
  NO_SECOND_PRICE: 'The saving is a difference of two prices, and the bill of the resource has only one of them.',
  OTHER_CHARGES:
    'The bill charges more under the name of the resource than the saving counts, or charges it under other names.',
  SAME_EVIDENCE: 'The saving was derived from the bill itself.',
};

function sectionOf(items: Item[]): Challenges {
  const count = (outcome: Item['outcome']): number => items.filter((item) => item.outcome === outcome).length;
  const less = items.map((item) =>
    'counted' in item ? new Decimal(item.effective).minus(item.counted) : new Decimal(0),
  );
  return {
    at_most: MOST_CHALLENGED,
    looked_at: MOST_LOOKED_AT,
    tolerance_percent: TOLERANCE_PERCENT,
    confirmed: count('confirm'),
    disconfirmed: count('disconfirm'),
    not_challengeable: count('not-challengeable'),
    unanswered: count('unanswered'),
    lowered_by: formatUsd(less.reduce((sum, one) => sum.plus(one), new Decimal(0))),
    items,
  };
}
