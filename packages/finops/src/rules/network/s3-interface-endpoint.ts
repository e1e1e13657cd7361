import { z } from 'zod';
import type { Subject, Verdict } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { removal } from '../reading/removal.ts';
import { monthOfUnits } from '../reading/units.ts';
import { OK, readItem } from '../reading/verdicts.ts';

const Endpoint = z.object({
  VpcEndpointId: z.string(),
  VpcEndpointType: z.string(),
  ServiceName: z.string(),
  State: z.string(),
  SubnetIds: z.array(z.string()).optional(),
});

/** An interface endpoint is charged for each subnet it stands in. */
const subnetsOf = (item: unknown): number => Endpoint.parse(item).SubnetIds?.length ?? 0;

/** Monthly list cost of the endpoint's hours; bytes come on top. */
export const networkS3InterfaceEndpointListCost = monthOfUnits('network-s3-interface-endpoint-list-cost', subnetsOf);

/** A gateway endpoint has no charge. */
export const networkS3InterfaceEndpointListSaving = monthOfUnits(
  'network-s3-interface-endpoint-list-saving',
  subnetsOf,
);

/** A paid way to S3 or DynamoDB where a free one may do. */
export const networkS3InterfaceEndpoint = defineRule({
  id: 'network-s3-interface-endpoint',
  ref: 'NET-07',
  role: 'pricing',
  service: 'network',
  title: 'Interface endpoint where a gateway endpoint is free',
  appliesTo: 'VpcEndpoint',
  reads: [],
  actionType: 'Upgrade',
  step: 'network',
  severity: 3,
  effort: 'Low',
  risk: 'Medium',
  restartNeeded: false,
  rollbackPossible: true,
  inputs: [
    'ec2:DescribeVpcEndpoints VpcEndpointType, ServiceName, SubnetIds, State',
    'hour price of an interface endpoint',
  ],
  formula: 'hour price x subnets x 730; charges for bytes are not counted',
  implementation: [
    'Check that nothing outside the VPC uses the endpoint: on-premises networks, peered VPCs, other regions.',
    'Create a gateway endpoint for the service and add it to the route tables.',
    'Delete the interface endpoint.',
  ],
  rollback: 'Create the interface endpoint again.',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
  thresholds: [],
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html',
    'https://aws.amazon.com/privatelink/pricing/',
  ],
  derivations: [networkS3InterfaceEndpointListCost, networkS3InterfaceEndpointListSaving],
  judge,
});

function judge(subject: Subject): Verdict {
  const item = readItem(Endpoint, subject.item);
  if (!item.ok) return item.verdict;
  const { VpcEndpointType, ServiceName, State } = item.value;
  const here = ['s3', 'dynamodb'].map((service) => `com.amazonaws.${subject.resource.region}.${service}`);
  if (VpcEndpointType !== 'Interface' || State !== 'available' || !here.includes(ServiceName)) return OK;
  if (subnetsOf(subject.item) === 0) return OK;
  return removal(subject, {
    priceKeys: [`vpc/${subject.resource.region}/interface-endpoint/hour`],
    known: 'A gateway endpoint for the service is free',
    listCost: networkS3InterfaceEndpointListCost,
    listSaving: networkS3InterfaceEndpointListSaving,
    statement: (dates) =>
      `The interface endpoint for ${ServiceName} costs {list_cost} at the list price of ${dates}; a gateway endpoint is free for what runs in the VPC.`,
    confidence: '0.60',
  });
}
