import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** An inference endpoint with its variants and counts. */
export const sagemakerDescribeEndpoint = defineCollector({
  client: 'sagemaker',
  operation: 'DescribeEndpoint',
  iam: ['sagemaker:DescribeEndpoint'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, DescribeEndpointCommand: Command } = await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  after: ['sagemaker.ListEndpoints'],
  inputs: ({ answers }) =>
    textsOf(answers('sagemaker.ListEndpoints'), 'Endpoints/*/EndpointName').map((EndpointName) => ({ EndpointName })),
  probe: { EndpointName: 'infrafabric-probe' },
  serves: 'ML-01, ML-04',
});
