import { z } from 'zod';
import type { Subject, Threshold, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { daysBefore } from '../reading/dates.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { removal } from '../reading/removal.ts';
import { limitOf } from '../reading/thresholds.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const GRACE_DAYS: Threshold = {
  name: 'EC2_HOST_GRACE_DAYS',
  value: 7,
  unit: 'days since allocation',
  source: 'Own choice of 2026-11-21: a week to start what the host was allocated for',
};

const Host = z.object({
  HostId: z.string(),
  State: z.string(),
  AllocationTime: z.string(),
  Instances: z.array(z.unknown()),
  HostProperties: z.object({ InstanceFamily: z.string().optional(), InstanceType: z.string().optional() }),
});

/** Monthly list cost of the host. */
export const ec2IdleDedicatedHostListCost = monthOfHours('ec2-idle-dedicated-host-list-cost');

/** Releasing the host saves all of it. */
export const ec2IdleDedicatedHostListSaving = monthOfHours('ec2-idle-dedicated-host-list-saving');

/** A dedicated host on which nothing runs. */
export const ec2IdleDedicatedHost = defineRule({
  id: 'ec2-idle-dedicated-host',
  ref: 'EC2-25',
  role: 'rightsizing',
  service: 'ec2',
  title: 'Dedicated host without instances',
  appliesTo: 'Ec2Host',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 8,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: ['ec2:DescribeHosts State, Instances, AllocationTime, HostProperties', 'hour price of a dedicated host'],
  formula: 'hour price of the host x 730',
  implementation: [
    'Check licences that are bound to the sockets or cores of the host.',
    'Check that no stopped instance has its affinity set to the host.',
    'Release the host.',
  ],
  rollback: 'Allocate a host of the same family, as far as AWS has one.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-releasing.html',
  thresholds: [GRACE_DAYS],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html',
    'https://aws.amazon.com/ec2/dedicated-hosts/pricing/',
  ],
  derivations: [ec2IdleDedicatedHostListCost, ec2IdleDedicatedHostListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Host, subject.item);
  if (!item.ok) return item.verdict;
  const { State, Instances, AllocationTime, HostProperties } = item.value;
  if (State !== 'available' || Instances.length > 0) return OK;
  if (daysBefore(subject.asOf, AllocationTime) < limitOf(subject, GRACE_DAYS)) return OK;
  const family = HostProperties.InstanceFamily ?? HostProperties.InstanceType?.split('.')[0] ?? 'unknown';
  return removal(subject, {
    priceKeys: [`ec2/${subject.resource.region}/dedicated-host/${family}`],
    known: 'Nothing runs on the dedicated host',
    listCost: ec2IdleDedicatedHostListCost,
    listSaving: ec2IdleDedicatedHostListSaving,
    statement: (dates) =>
      `Nothing runs on the ${family} host, and it costs {list_cost} at the list price of ${dates}; release it.`,
    confidence: '0.90',
  });
}
