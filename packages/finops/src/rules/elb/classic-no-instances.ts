import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const GRACE_DAYS: Threshold = {
  name: 'ELB_GRACE_DAYS',
  value: 7,
  unit: 'days since creation',
  source: 'Cloudrift, grace period of new resources, 7 days, read 2026-08-21',
};

const ClassicLoadBalancer = z.object({
  LoadBalancerName: z.string(),
  Instances: z.array(z.object({ InstanceId: z.string() })),
  CreatedTime: z.iso.datetime({ offset: true }),
});

/** Monthly list cost of the load balancer's hours. */
export const elbClassicNoInstancesListCost = monthOfHours('elb-classic-no-instances-list-cost');

/** Deleting it saves its hours; data processing is nil without instances. */
export const elbClassicNoInstancesListSaving = monthOfHours('elb-classic-no-instances-list-saving');

/** A Classic Load Balancer with no registered instance. */
export const elbClassicNoInstances = defineRule({
  id: 'elb-classic-no-instances',
  ref: 'NET-10-CLASSIC',
  role: 'rightsizing',
  service: 'elb',
  title: 'Classic Load Balancer without instances',
  appliesTo: 'ClassicLoadBalancer',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: ['elb:DescribeLoadBalancers Instances, CreatedTime', 'hour price of a Classic Load Balancer'],
  formula: 'hour price x 730',
  implementation: ['Check that no DNS record points to it.', 'Delete the load balancer.'],
  rollback: 'None: a new load balancer has another DNS name.',
  documentation: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-getting-started.html',
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-getting-started.html',
    'https://aws.amazon.com/elasticloadbalancing/pricing/',
  ],
  derivations: [elbClassicNoInstancesListCost, elbClassicNoInstancesListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(ClassicLoadBalancer, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.Instances.length > 0) return OK;
  if (daysBefore(subject.asOf, item.value.CreatedTime) < limitOf(subject, GRACE_DAYS)) return OK;
  return removal(subject, {
    priceKeys: [`elb/${subject.resource.region}/classic/hour`],
    known: 'No registered instance',
    listCost: elbClassicNoInstancesListCost,
    listSaving: elbClassicNoInstancesListSaving,
    statement: (dates) =>
      `The Classic Load Balancer has no registered instance and costs {list_cost} at the list price of ${dates}; delete it.`,
    confidence: '0.90',
  });
}
