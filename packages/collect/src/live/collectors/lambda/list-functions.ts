import { defineCollector } from '../../collector.ts';

/** Functions with their configuration; values of environment variables are replaced before they are stored. Pages of at most 50: botocore 1.44.5 model, 2026-11-20. */
export const lambdaListFunctions = defineCollector({
  client: 'lambda',
  operation: 'ListFunctions',
  iam: ['lambda:ListFunctions'],
  scope: 'region',
  load: async () => {
    const { LambdaClient: Client, ListFunctionsCommand: Command } = await import('@aws-sdk/client-lambda');
    return { Client, Command };
  },
  paging: { request: 'Marker', answer: 'NextMarker', limit: { member: 'MaxItems', page: 50, least: 1 } },
  serves: 'LAM-01 to LAM-08, runtimes past support',
});
