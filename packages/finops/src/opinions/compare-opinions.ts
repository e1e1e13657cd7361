import type { Claim } from '@infrafabric/protocol';
import { type FindingId, findingId } from '../model/decision.ts';
import type { ActionType, Finding } from '../model/finding.ts';
import { type ResourceRef, type ResourceType } from '../model/resource.ts';
import type { Rule } from '../model/rule.ts';
import { Decimal } from '../money.ts';
import type { Asked, Opinion, OpinionSource } from './opinion.ts';

/** Why a second opinion agrees or does not. */
export const OPINION_REASONS = [
  'SAME_AMOUNT',
  'AMOUNT_DIFFERS',
  'NO_AMOUNT',
  'NO_RULE',
  'AGENT_NOT_ASKED',
  'NOT_IN_INPUTS',
  'NOT_KNOWN',
  'SET_ASIDE',
  'LIMITS_DIFFER',
  'AWS_HAS_NO_CHECK',
  'AWS_SAYS_OTHERWISE',
  'AWS_DOES_NOT_LIST_IT',
] as const;

/** One resource on which AWS, we or both have something to say. */
export interface SecondOpinion {
  readonly verdict: 'agree' | 'only-aws' | 'only-us';
  readonly reason: (typeof OPINION_REASONS)[number];
  readonly detail: string;
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly source?: OpinionSource;
  readonly says?: string;
  /** Rules of ours about the same thing. */
  readonly rules: readonly string[];
  readonly findings: readonly FindingId[];
  readonly aws_claim?: string;
  readonly aws_usd_month?: string;
  readonly our_usd_month?: string;
  /** Why the percentage AWS states does not follow from the amounts it states. */
  readonly flag?: string;
}

/** What opinions are compared with. */
export interface OurSide {
  /** Every verdict, findings set aside included. */
  readonly findings: readonly Finding[];
  /** Findings that count. */
  readonly counted: ReadonlySet<FindingId>;
  readonly rules: readonly Rule[];
  readonly roles: readonly string[];
  /** Keys of resources in the inputs, and their ids by themselves. */
  readonly known: ReadonlySet<string>;
  /** Ids of resources AWS calls otherwise, by {@link knownAs} of its own name; see {@link addressNames}. */
  readonly calledOtherwise?: ReadonlyMap<string, string>;
  readonly claims: ReadonlyMap<string, Claim>;
}

/**
 * Compares what AWS says with what we say, resource by resource: agree, only AWS, only us, each with the reason.
 *
 * Only findings with dollars are held against AWS, and only for kinds AWS was asked about in that account and region. Sorted by
 * verdict, then by the larger amount. Order of the input does not matter.
 */
export function compareOpinions(said: readonly Opinion[], asked: readonly Asked[], ours: OurSide): SecondOpinion[] {
  const opinions = said.map((one) => ({ ...one, id: ours.calledOtherwise?.get(knownAs(one)) ?? one.id }));
  const byResource = Map.groupBy(ours.findings, ({ resource }) => `${resource.type} ${resource.id}`);
  const advice = opinions.filter((one) => one.actions.length > 0);
  const theirs = advice.map((one) => ofAws(one, byResource.get(`${one.type} ${one.id}`) ?? [], ours));
  const byName = Map.groupBy(opinions, (one) => `${one.type} ${one.id}`);
  const agreed = new Set(theirs.flatMap((one) => one.findings));
  const only = ours.findings
    .filter((one) => one.savings !== undefined && ours.counted.has(findingId(one)) && !agreed.has(findingId(one)))
    .flatMap((one) => ofUs(one, byName.get(`${one.resource.type} ${one.resource.id}`) ?? [], asked));
  return [...theirs, ...only].toSorted(byVerdictThenAmount);
}

function ofAws(opinion: Opinion, about: readonly Finding[], ours: OurSide): SecondOpinion {
  const { source, says, type, id, account, region, claim, flag } = opinion;
  const here = about.filter(({ resource }) => isSame(resource, opinion));
  const rules = ours.rules.filter((rule) => rule.appliesTo === type && opinion.actions.includes(rule.actionType));
  const findings = here.filter((one) => one.verdict === 'FINDING' && rules.some((rule) => rule.id === one.rule));
  const counted = findings.filter((one) => ours.counted.has(findingId(one)));
  const saving = ours.claims.get(claim)?.figures.find((figure) => figure.name === 'aws_saving');
  const mine = largest(counted);
  const outcome = counted.length > 0 ? agreement(saving, mine) : disagreement({ opinion, here, findings, rules }, ours);
  return {
    ...outcome,
    account,
    region,
    type,
    id,
    source,
    says,
    rules: [...new Set(counted.length > 0 ? counted.map((one) => one.rule) : rules.map((rule) => rule.id))].toSorted(),
    findings: counted.map(findingId).toSorted(),
    aws_claim: claim,
    ...(saving?.unit === 'USD/month' ? { aws_usd_month: new Decimal(saving.value).toFixed(2) } : {}),
    ...(mine === undefined ? {} : { our_usd_month: mine }),
    ...(flag === undefined ? {} : { flag }),
  };
}

function isSame({ account, region }: ResourceRef, of: Opinion): boolean {
  const sameAccount = account === of.account || account === 'unknown' || of.account === 'unknown';
  return sameAccount && (region === of.region || region === 'global' || of.region.startsWith(region));
}

function largest(findings: readonly Finding[]): string | undefined {
  const amounts = findings.flatMap((one) => (one.savings === undefined ? [] : [new Decimal(one.savings.effective)]));
  return amounts.length === 0 ? undefined : Decimal.max(...amounts).toFixed(2);
}

/** Amounts closer than this, in percent of ours, count as the same. Own choice. */
const SAME_WITHIN_PERCENT = 5;

type Outcome = Pick<SecondOpinion, 'verdict' | 'reason' | 'detail'>;

function agreement(saving: { value: string; unit: string } | undefined, mine: string | undefined): Outcome {
  if (saving?.unit !== 'USD/month' || mine === undefined)
    return { verdict: 'agree', reason: 'NO_AMOUNT', detail: 'both advise it; one of the two states no amount in USD' };
  const apart = new Decimal(saving.value).minus(mine).abs();
  if (apart.times(100).lessThanOrEqualTo(new Decimal(mine).times(SAME_WITHIN_PERCENT)))
    return { verdict: 'agree', reason: 'SAME_AMOUNT', detail: `both advise it, within ${SAME_WITHIN_PERCENT} %` };
  return {
    verdict: 'agree',
    reason: 'AMOUNT_DIFFERS',
    detail: 'both advise it; prices, discounts, the day or the target differ',
  };
}

interface Case {
  readonly opinion: Opinion;
  readonly here: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly rules: readonly Rule[];
}

const onlyAws = (reason: SecondOpinion['reason'], detail: string): Outcome => ({ verdict: 'only-aws', reason, detail });

function disagreement({ opinion, here, findings, rules }: Case, ours: OurSide): Outcome {
  if (rules.length === 0) return onlyAws('NO_RULE', `no rule of ours advises this for ${opinion.type} resources`);
  if (findings.length > 0) return onlyAws('SET_ASIDE', 'we found it too, and a person set it aside');
  if (!ours.known.has(`${opinion.type} ${opinion.id}`))
    return onlyAws('NOT_IN_INPUTS', 'the inputs do not hold this resource: it is gone, or was not collected');
  if (!rules.some((rule) => ours.roles.includes(rule.role)))
    return onlyAws('AGENT_NOT_ASKED', 'the agent whose rules judge this took no part');
  const unknown = here.find((one) => one.verdict === 'UNKNOWN' && rules.some((rule) => rule.id === one.rule));
  if (unknown !== undefined)
    return onlyAws('NOT_KNOWN', `${unknown.rule} could not judge it: ${unknown.detail ?? unknown.reason ?? ''}`);
  return onlyAws('LIMITS_DIFFER', 'our rules judged it and found nothing: look-back, limits or prices differ');
}

/** Kinds and actions AWS advises on. Source: botocore cost-optimization-hub and compute-optimizer models 2026-08-07; Trusted Advisor checks, 2026-08-21. */
const AWS_CHECKS: Partial<Record<ResourceType, readonly ActionType[]>> = {
  Ec2Instance: ['Rightsize', 'Stop', 'Delete', 'Upgrade', 'MigrateToGraviton'],
  EbsVolume: ['Rightsize', 'Upgrade', 'Delete'],
  Ec2AutoScalingGroup: ['Rightsize', 'ScaleIn', 'Delete'],
  LambdaFunction: ['Rightsize'],
  EcsService: ['Rightsize', 'Delete'],
  RdsDbInstance: ['Rightsize', 'Upgrade', 'MigrateToGraviton', 'Stop', 'Delete'],
  NatGateway: ['Delete'],
  DynamoDbTable: ['Delete'],
  ElastiCacheCluster: ['Delete'],
  MemoryDbCluster: ['Delete'],
  SageMakerEndpoint: ['Delete'],
  ElasticIp: ['Delete'],
  ClassicLoadBalancer: ['Delete'],
  RedshiftCluster: ['Delete', 'Rightsize'],
};

function ofUs(finding: Finding, about: readonly Opinion[], asked: readonly Asked[]): SecondOpinion[] {
  const { resource, rule, actionType, savings } = finding;
  if (!asked.some((one) => covers(one, resource))) return [];
  const others = about.filter((one) => isSame(resource, one));
  const isPriced = finding.role !== 'upgrade-risk'; // surcharges of old versions are no check of these services
  const isChecked = isPriced && actionType !== undefined && (AWS_CHECKS[resource.type] ?? []).includes(actionType);
  const said = others.map((one) => `${one.source} says ${one.says}`).toSorted();
  const [reason, detail] = !isChecked
    ? (['AWS_HAS_NO_CHECK', 'the AWS services asked have no check for this'] as const)
    : said.length > 0
      ? (['AWS_SAYS_OTHERWISE', [...new Set(said)].join(', ')] as const)
      : (['AWS_DOES_NOT_LIST_IT', 'AWS was asked and does not list this resource'] as const);
  return [
    {
      verdict: 'only-us',
      reason,
      detail,
      rules: [rule],
      findings: [findingId(finding)],
      account: resource.account,
      region: resource.region,
      type: resource.type,
      id: resource.id,
      ...(savings === undefined ? {} : { our_usd_month: savings.effective }),
    },
  ];
}

function covers({ account, region, type }: Asked, resource: ResourceRef): boolean {
  const isAccount = account === 'unknown' || resource.account === 'unknown' || account === resource.account;
  return isAccount && (region === 'any' || region === resource.region) && (type === 'any' || type === resource.type);
}

const VERDICTS = ['agree', 'only-aws', 'only-us'];

function byVerdictThenAmount(a: SecondOpinion, b: SecondOpinion): number {
  const amount = (one: SecondOpinion): Decimal => Decimal.max(one.aws_usd_month ?? 0, one.our_usd_month ?? 0);
  const key = (one: SecondOpinion): string =>
    [
      one.account,
      one.region,
      one.type,
      one.id,
      one.source ?? '',
      one.says ?? '',
      one.aws_claim ?? '',
      one.rules.join(),
    ].join('|');
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    amount(b).comparedTo(amount(a)) ||
    Number(key(a) > key(b)) - Number(key(a) < key(b))
  );
}

/** Names a resource of the inputs for {@link OurSide.known}. */
export const knownAs = ({ type, id }: Pick<Opinion, 'type' | 'id'>): string => `${type} ${id}`;
