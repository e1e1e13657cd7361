import { defineDerivation } from '@infrafabric/protocol';
import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { formatUsd, perMonth } from '../../money.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { unitPrice } from '../reading/prices.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'VPC_ENDPOINT_IDLE_DAYS',
  value: 30,
  unit: 'days without a byte',
  source: 'AWS Trusted Advisor c2vlfg0jp6, inactive VPC interface endpoints, 30 days, read 2026-08-21',
};

const Endpoint = z.object({
  VpcEndpointId: z.string(),
  VpcEndpointType: z.string(),
  State: z.string(),
  ServiceName: z.string(),
  SubnetIds: z.array(z.string()).optional(),
});

const define = (name: string) =>
  defineDerivation({
    package: 'finops',
    name,
    version: 1,
    compute: (cited) => {
      const zones = z.array(z.string()).min(1).parse(Endpoint.parse(cited[0]).SubnetIds).length;
      return formatUsd(perMonth(unitPrice(cited[1])).times(zones));
    },
  });

/** Monthly list cost of the endpoint's hours: one network interface a subnet, each in its own Availability Zone. */
export const networkIdleInterfaceEndpointListCost = define('network-idle-interface-endpoint-list-cost');

/** Deleting the endpoint saves all its hours. */
export const networkIdleInterfaceEndpointListSaving = define('network-idle-interface-endpoint-list-saving');

/** An interface endpoint no byte went through. */
export const networkIdleInterfaceEndpoint = defineRule({
  id: 'network-idle-interface-endpoint',
  ref: 'NET-06',
  role: 'rightsizing',
  service: 'network',
  title: 'Interface endpoint without traffic',
  appliesTo: 'VpcEndpoint',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 4,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVpcEndpoints VpcEndpointType, State, SubnetIds, ServiceName',
    'AWS/PrivateLinkEndpoints BytesProcessed Sum',
    'hour price of an interface endpoint',
  ],
  formula: 'hour price x subnets x 730',
  implementation: ['Check that nothing in the VPC depends on private DNS of the service.', 'Delete the endpoint.'],
  rollback: 'Create the endpoint again with the same service, subnets and policy.',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/privatelink/delete-interface-endpoint.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html',
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://aws.amazon.com/privatelink/pricing/',
  ],
  derivations: [networkIdleInterfaceEndpointListCost, networkIdleInterfaceEndpointListSaving, metricTotal, metricDays],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Endpoint, subject.item);
  if (!item.ok) return item.verdict;
  const endpoint = item.value;
  if (endpoint.VpcEndpointType !== 'Interface' || endpoint.State.toLowerCase() !== 'available') return OK;
  if ((endpoint.SubnetIds ?? []).length === 0) return OK;
  const bytes = {
    namespace: 'AWS/PrivateLinkEndpoints',
    metric: 'BytesProcessed',
    stats: ['Sum'],
    sparse: true,
    minDays: limitOf(subject, IDLE_DAYS),
    dimensions: 'any',
  } as const;
  const measure = { name: 'bytes', unit: 'bytes', derivation: metricTotal };
  const idle = readIdleness(subject, { metrics: [bytes], measure });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`vpc/${subject.resource.region}/interface-endpoint/hour`],
    known: 'No byte in the look-back',
    listCost: networkIdleInterfaceEndpointListCost,
    listSaving: networkIdleInterfaceEndpointListSaving,
    statement: (dates) =>
      `The interface endpoint for ${endpoint.ServiceName} moved {bytes} in {days} and costs {list_cost} at the list price of ` +
      `${dates}; delete it.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.85',
  });
}
