import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { readIdleness } from '../reading/idleness.ts';
import { metricDays, metricTotal } from '../reading/metric-figures.ts';
import { LOOK_BACK_DAYS } from '../reading/metrics.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { monthOfUnits } from '../reading/units.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const IDLE_DAYS: Threshold = {
  name: 'TGW_ATTACHMENT_IDLE_DAYS',
  value: LOOK_BACK_DAYS,
  unit: 'days without a byte',
  source: 'Cloudrift, transit gateway attachment idle for 14 days, read 2026-08-21',
};

const Attachment = z.object({
  TransitGatewayAttachmentId: z.string(),
  TransitGatewayOwnerId: z.string().optional(),
  ResourceType: z.string(),
  State: z.string(),
});

const unitsOf = (): number => 1;

/** Monthly list cost of the attachment. */
export const networkIdleTransitGatewayAttachmentListCost = monthOfUnits(
  'network-idle-transit-gateway-attachment-list-cost',
  unitsOf,
);

/** Deleting the attachment saves all of it. */
export const networkIdleTransitGatewayAttachmentListSaving = monthOfUnits(
  'network-idle-transit-gateway-attachment-list-saving',
  unitsOf,
);

/** A transit gateway attachment no byte went through. */
export const networkIdleTransitGatewayAttachment = defineRule({
  id: 'network-idle-transit-gateway-attachment',
  ref: 'NET-12',
  role: 'rightsizing',
  service: 'network',
  title: 'Transit gateway attachment without traffic',
  appliesTo: 'TransitGatewayAttachment',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 5,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeTransitGatewayAttachments State, ResourceType',
    'AWS/TransitGateway BytesIn and BytesOut Sum',
    'hour price of an attachment',
  ],
  formula: 'hour price x 730',
  implementation: [
    'Check that it is not a path kept for failover.',
    'Remove its routes and its propagation.',
    'Delete the attachment.',
  ],
  rollback: 'Attach the VPC or VPN again and restore its routes.',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-cloudwatch-metrics.html',
  thresholds: [IDLE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-cloudwatch-metrics.html',
    'https://aws.amazon.com/transit-gateway/pricing/',
  ],
  derivations: [
    networkIdleTransitGatewayAttachmentListCost,
    networkIdleTransitGatewayAttachmentListSaving,
    metricTotal,
    metricDays,
  ],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Attachment, subject.item);
  if (!item.ok) return item.verdict;
  const attachment = item.value;
  if (attachment.State !== 'available' || attachment.ResourceType === 'peering') return OK;
  const minDays = limitOf(subject, IDLE_DAYS);
  const idle = readIdleness(subject, {
    metrics: ['BytesIn', 'BytesOut'].map((metric) => ({
      namespace: 'AWS/TransitGateway',
      metric,
      stats: ['Sum'],
      sparse: true,
      dimensions: 'any' as const,
      minDays,
    })),
    measure: { name: 'bytes', unit: 'bytes', derivation: metricTotal },
  });
  if (!idle.ok) return idle.verdict;
  return removal(subject, {
    priceKeys: [`vpc/${subject.resource.region}/transit-gateway-attachment/hour`],
    known: 'No byte in the look-back',
    listCost: networkIdleTransitGatewayAttachmentListCost,
    listSaving: networkIdleTransitGatewayAttachmentListSaving,
    statement: (dates) =>
      `The ${attachment.ResourceType} attachment moved {bytes} in {days} and costs {list_cost} at the list price of ${dates}; remove its routes and delete it.`,
    figures: [idle.value.measured, idle.value.days],
    confidence: '0.85',
  });
}
