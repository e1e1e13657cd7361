import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** Instance types and serverless settings of the configurations that endpoints use. */
export const sagemakerDescribeEndpointConfig = defineCollector({
  client: 'sagemaker',
  operation: 'DescribeEndpointConfig',
  iam: ['sagemaker:DescribeEndpointConfig'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, DescribeEndpointConfigCommand: Command } =
      await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  after: ['sagemaker.DescribeEndpoint'],
  inputs: ({ answers }) =>
    textsOf(answers('sagemaker.DescribeEndpoint'), 'EndpointConfigName').map((EndpointConfigName) => ({
      EndpointConfigName,
    })),
  probe: { EndpointConfigName: 'infrafabric-probe' },
  serves: 'ML-01, ML-04',
});
