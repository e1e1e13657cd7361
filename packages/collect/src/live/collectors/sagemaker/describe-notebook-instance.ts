import { defineCollector } from '../../collector.ts';
import { textsOf } from '../answered.ts';

/** A notebook instance with its type, volume and status. */
export const sagemakerDescribeNotebookInstance = defineCollector({
  client: 'sagemaker',
  operation: 'DescribeNotebookInstance',
  iam: ['sagemaker:DescribeNotebookInstance'],
  scope: 'region',
  load: async () => {
    const { SageMakerClient: Client, DescribeNotebookInstanceCommand: Command } =
      await import('@aws-sdk/client-sagemaker');
    return { Client, Command };
  },
  after: ['sagemaker.ListNotebookInstances'],
  inputs: ({ answers }) =>
    textsOf(answers('sagemaker.ListNotebookInstances'), 'NotebookInstances/*/NotebookInstanceName').map(
      (NotebookInstanceName) => ({ NotebookInstanceName }),
    ),
  probe: { NotebookInstanceName: 'infrafabric-probe' },
  serves: 'ML-02',
});
