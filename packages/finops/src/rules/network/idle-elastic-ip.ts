import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { monthOfHours } from '../reading/derivations.ts';
import { removal } from '../reading/removal.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const Address = z.object({
  PublicIp: z.string(),
  AssociationId: z.string().optional(),
  InstanceId: z.string().optional(),
  NetworkInterfaceId: z.string().optional(),
  PublicIpv4Pool: z.string().optional(),
});

/** Monthly list cost of a public IPv4 address. */
export const networkIdleElasticIpListCost = monthOfHours('network-idle-elastic-ip-list-cost');

/** Releasing the address saves all of it. */
export const networkIdleElasticIpListSaving = monthOfHours('network-idle-elastic-ip-list-saving');

/** An allocated public address that nothing uses. Addresses a customer brought to AWS are not charged and are left alone. */
export const networkIdleElasticIp = defineRule({
  id: 'network-idle-elastic-ip',
  ref: 'NET-01',
  role: 'rightsizing',
  service: 'network',
  title: 'Elastic IP address that nothing uses',
  appliesTo: 'ElasticIp',
  reads: [],
  actionType: 'Delete',
  step: 'terminate',
  severity: 3,
  effort: 'VeryLow',
  risk: 'Low',
  restartNeeded: false,
  rollbackPossible: false,
  inputs: [
    'ec2:DescribeAddresses AssociationId, InstanceId, NetworkInterfaceId',
    'hour price of a public IPv4 address',
  ],
  formula: 'hour price x 730',
  implementation: ['Check DNS records and allow lists for the address.', 'Release it.'],
  rollback: 'None: a released address can rarely be had again.',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/awssupport/latest/user/cost-optimization-checks.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html',
    'https://aws.amazon.com/vpc/pricing/',
  ],
  derivations: [networkIdleElasticIpListCost, networkIdleElasticIpListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Address, subject.item);
  if (!item.ok) return item.verdict;
  const address = item.value;
  const users = [address.AssociationId, address.InstanceId, address.NetworkInterfaceId];
  if (users.some((user) => user !== undefined && user !== '')) return OK;
  if (address.PublicIpv4Pool !== undefined && address.PublicIpv4Pool !== 'amazon') return OK;
  return removal(subject, {
    priceKeys: [`vpc/${subject.resource.region}/public-ipv4/hour`],
    known: 'Associated with nothing',
    listCost: networkIdleElasticIpListCost,
    listSaving: networkIdleElasticIpListSaving,
    statement: (dates) =>
      `The Elastic IP address is associated with nothing and costs {list_cost} at the list price of ${dates}; release it.`,
    confidence: '0.95',
  });
}
