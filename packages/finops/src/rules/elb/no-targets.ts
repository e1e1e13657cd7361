import { z } from 'zod';
import type { Observed } from '../../model/resource.ts';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { itemSource } from '../reading/figures.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, type Reading, read, readItem, stop, unknown } from '../reading/verdicts.ts';

const GRACE_DAYS: Threshold = {
  name: 'ELB_GRACE_DAYS',
  value: 7,
  unit: 'days since creation',
  source: 'Cloudrift, grace period of new resources, 7 days, read 2026-08-21',
};

const LoadBalancer = z.object({
  LoadBalancerArn: z.string(),
  Type: z.enum(['application', 'network', 'gateway']),
  CreatedTime: z.iso.datetime({ offset: true }),
  State: z.object({ Code: z.string() }).optional(),
});

const TargetHealth = z.object({ TargetHealthDescriptions: z.array(z.unknown()) });

/** Monthly list cost of the load balancer's hours, without capacity units. */
export const elbNoTargetsListCost = monthOfHours('elb-no-targets-list-cost');

/** Deleting it saves its hours; capacity units are near nil without targets. */
export const elbNoTargetsListSaving = monthOfHours('elb-no-targets-list-saving');

/**
 * A load balancer whose target groups have no target at all.
 *
 * Reads target groups and, as further answers about the same target group, DescribeTargetHealth; without health for every
 * group the answer is UNKNOWN, because a group's own description does not list its targets.
 */
export const elbNoTargets = defineRule({
  id: 'elb-no-targets',
  ref: 'NET-10',
  role: 'rightsizing',
  service: 'elb',
  title: 'Load balancer without targets',
  appliesTo: 'LoadBalancer',
  reads: ['TargetGroup'],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'elbv2:DescribeLoadBalancers Type, State, CreatedTime',
    'elbv2:DescribeTargetGroups, elbv2:DescribeTargetHealth',
    'hour price of the type',
  ],
  formula: 'hour price x 730',
  implementation: [
    'Check that no DNS record points to it and that no listener answers by itself (redirect, fixed response).',
    'Delete listeners, load balancer and empty target groups.',
  ],
  rollback: 'None: a new load balancer has another DNS name.',
  documentation: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html',
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://aws.amazon.com/elasticloadbalancing/pricing/',
  ],
  derivations: [elbNoTargetsListCost, elbNoTargetsListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(LoadBalancer, subject.item);
  if (!item.ok) return item.verdict;
  const balancer = item.value;
  if (daysBefore(subject.asOf, balancer.CreatedTime) < limitOf(subject, GRACE_DAYS)) return OK;
  const health = readHealth(subject, balancer.LoadBalancerArn);
  if (!health.ok) return health.verdict;
  return removal(subject, {
    priceKeys: [`elb/${subject.resource.region}/${balancer.Type}/hour`],
    known: 'No target',
    listCost: elbNoTargetsListCost,
    listSaving: elbNoTargetsListSaving,
    statement: (dates) =>
      `The ${balancer.Type} load balancer has target groups but not one target, and costs {list_cost} at the list price of ${dates}; delete it.`,
    sources: health.value.map(itemSource),
    confidence: '0.85',
  });
}

/** The health answers of all target groups of the load balancer when every one is empty; else the verdict. */
function readHealth(subject: Subject, arn: string): Reading<readonly Observed[]> {
  const observed = subject.related('TargetGroup');
  const isMember = (one: Observed): boolean => {
    const arns = one.item['LoadBalancerArns'];
    return Array.isArray(arns) && arns.includes(arn);
  };
  const members = new Set(observed.filter(isMember).map((one) => one.resource.id));
  if (members.size === 0) {
    return stop(unknown('NOT_COLLECTED', 'No target group of the load balancer is in the inputs.'));
  }
  const health = observed.filter((one) => members.has(one.resource.id) && TargetHealth.safeParse(one.item).success);
  const known = new Set(health.map((one) => one.resource.id));
  const hasTarget = health.some((one) => TargetHealth.parse(one.item).TargetHealthDescriptions.length > 0);
  if (hasTarget) return stop(OK);
  if (known.size < members.size) {
    return stop(unknown('NOT_COLLECTED', 'DescribeTargetHealth of a target group is not in the inputs.'));
  }
  return read(health);
}
