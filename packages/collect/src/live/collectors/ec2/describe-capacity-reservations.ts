import { defineCollector } from '../../collector.ts';

/** Capacity reservations with what is free in them. Pages of 1 to 1,000: botocore 1.44.5 model, 2026-11-20. */
export const ec2DescribeCapacityReservations = defineCollector({
  client: 'ec2',
  operation: 'DescribeCapacityReservations',
  iam: ['ec2:DescribeCapacityReservations'],
  scope: 'region',
  load: async () => {
    const { EC2Client: Client, DescribeCapacityReservationsCommand: Command } = await import('@aws-sdk/client-ec2');
    return { Client, Command };
  },
  paging: { request: 'NextToken', answer: 'NextToken', limit: { member: 'MaxResults', page: 1000, least: 1 } },
  serves: 'EC2-20 unused capacity reservations',
});
