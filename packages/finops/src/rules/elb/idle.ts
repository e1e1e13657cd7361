import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricMaxPerDay } from '../reading/metric-figures.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const REQUESTS: Threshold = {
  name: 'ELB_IDLE_REQUESTS_PER_DAY',
  value: 100,
  unit: 'requests/day',
  source: 'AWS Trusted Advisor hjLMh88uM8, idle load balancers: fewer than 100 requests a day, read 2023-06-30',
};

const GRACE_DAYS: Threshold = {
  name: 'ELB_GRACE_DAYS',
  value: 7,
  unit: 'days since creation',
  source: 'Own choice of 2026-11-20: a week to finish what was begun; Cloudrift skips what is younger than 7 days',
};

const LoadBalancer = z.object({
  LoadBalancerArn: z.string(),
  Type: z.string(),
  CreatedTime: z.string().optional(),
  State: z.object({ Code: z.string().optional() }).optional(),
});

/** Monthly list cost of the load balancer's hours; capacity units come on top. */
export const elbIdleListCost = monthOfHours('elb-idle-list-cost');

/** Deleting the load balancer saves its hours. */
export const elbIdleListSaving = monthOfHours('elb-idle-list-saving');

/** An Application Load Balancer almost nobody calls. */
export const elbIdle = defineRule({
  id: 'elb-idle',
  ref: 'NET-11',
  role: 'rightsizing',
  service: 'elb',
  title: 'Load balancer almost nobody calls',
  appliesTo: 'LoadBalancer',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 4,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'elbv2:DescribeLoadBalancers Type, State, CreatedTime',
    'AWS/ApplicationELB RequestCount Sum',
    'hour price of an Application Load Balancer',
  ],
  formula: 'hour price x 730; capacity units are not counted',
  implementation: [
    'Check which DNS names point to it and who calls it (access logs).',
    'Move the last callers to another load balancer.',
    'Delete listeners, load balancer and its target groups.',
  ],
  rollback: 'None: a new load balancer has another DNS name.',
  documentation:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html',
  thresholds: [REQUESTS, GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html',
  ],
  derivations: [elbIdleListCost, elbIdleListSaving, metricMaxPerDay, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(LoadBalancer, subject.item);
  if (!item.ok) return item.verdict;
  const { Type, State, CreatedTime } = item.value;
  if (Type !== 'application' || (State?.Code ?? 'active') !== 'active') return OK;
  if (CreatedTime !== undefined && daysBefore(subject.asOf, CreatedTime) < limitOf(subject, GRACE_DAYS)) return OK;
  const idle = readIdleness(subject, {
    metrics: [{ namespace: 'AWS/ApplicationELB', metric: 'RequestCount', stats: ['Sum'], sparse: true }],
    measure: { name: 'requests_max', unit: 'requests/day', derivation: metricMaxPerDay, params: { per: 1 } },
    busyFrom: limitOf(subject, REQUESTS),
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`elb/${subject.resource.region}/application/hour`],
    known: 'Almost no request in the look-back',
    listCost: elbIdleListCost,
    listSaving: elbIdleListSaving,
    statement: (dates) =>
      'The load balancer had at most {requests_max} in {days}; deleting it saves {list_saving} of hours at the list price of ' +
      `${dates}.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.70',
  });
}
