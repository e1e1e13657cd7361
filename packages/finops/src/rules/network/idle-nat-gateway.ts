import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { removal } from '../reading/removal.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const NatGateway = z.object({ NatGatewayId: z.string(), State: z.string() });

/** Bytes through a gateway in both directions. Source: the NAT gateway metrics of CloudWatch as the Elastic metricset aws.natgateway lists them, read 2026-11-21. */
const BYTES = ['BytesOutToDestination', 'BytesInFromDestination'];

/** Monthly list cost of the gateway's hours. */
export const networkIdleNatGatewayListCost = monthOfHours('network-idle-nat-gateway-list-cost');

/** Deleting the gateway saves its hours; its Elastic IP address is judged on its own. */
export const networkIdleNatGatewayListSaving = monthOfHours('network-idle-nat-gateway-list-saving');

/** A NAT gateway no byte went through. */
export const networkIdleNatGateway = defineRule({
  id: 'network-idle-nat-gateway',
  ref: 'NET-03',
  role: 'rightsizing',
  service: 'network',
  title: 'NAT gateway without traffic',
  appliesTo: 'NatGateway',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeNatGateways State',
    'AWS/NATGateway BytesOutToDestination, BytesInFromDestination Sum',
    'hour price of a NAT gateway',
  ],
  formula: 'hour price x 730; its Elastic IP address is judged on its own',
  implementation: ['Remove the routes that lead to the gateway.', 'Delete the gateway, then release its address.'],
  rollback: 'Create a gateway with the same address and routes, as long as the address is kept.',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html',
  thresholds: [
    {
      name: 'NAT_IDLE_DAYS',
      value: LOOK_BACK_DAYS,
      unit: 'days without a byte',
      source: 'Cloudrift, NAT gateway idle for 14 days, read 2026-08-21; AWS Trusted Advisor c2vlfg022t uses 30',
    },
  ],
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway-cloudwatch.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://aws.amazon.com/vpc/pricing/',
  ],
  derivations: [networkIdleNatGatewayListCost, networkIdleNatGatewayListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(NatGateway, subject.item);
  if (!item.ok) return item.verdict;
  if (item.value.State !== 'available') return OK;
  const idle = readIdleness(subject, {
    metrics: BYTES.map((metric) => ({ namespace: 'AWS/NATGateway', metric, stats: ['Sum'] })),
    measure: { name: 'bytes', unit: 'bytes', derivation: metricTotal },
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`vpc/${subject.resource.region}/nat-gateway/hour`],
    known: 'No byte in the look-back',
    listCost: networkIdleNatGatewayListCost,
    listSaving: networkIdleNatGatewayListSaving,
    statement: (dates) =>
      'The NAT gateway moved {bytes} in {days} and costs {list_cost} at the list price of ' +
      `${dates}; remove its routes and delete it.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.90',
  });
}
