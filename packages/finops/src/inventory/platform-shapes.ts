import type { Shape, Shapes } from './shape.ts';

const endpoint = (at: string): Shape => ({
  type: 'SageMakerEndpoint',
  at: at,
  id: 'EndpointName',
  arn: 'EndpointArn',
  refs: ['EndpointConfigName'],
});

const notebook = (at: string): Shape => ({
  type: 'SageMakerNotebook',
  at: at,
  id: 'NotebookInstanceName',
  arn: 'NotebookInstanceArn',
});

/** Answers of `@aws-sdk/client-sagemaker`. Source: botocore sagemaker 2017-07-24 model, read 2026-08-07. */
export const SAGEMAKER_SHAPES: Shapes = {
  ListEndpoints: [endpoint('Endpoints/*')],
  DescribeEndpoint: [endpoint('')],
  DescribeEndpointConfig: [
    { type: 'SageMakerEndpointConfig', at: '', id: 'EndpointConfigName', arn: 'EndpointConfigArn' },
  ],
  ListNotebookInstances: [notebook('NotebookInstances/*')],
  DescribeNotebookInstance: [notebook('')],
};

/** Answers of `@aws-sdk/client-cloudwatch-logs`. Source: botocore logs 2014-03-28 model, read 2026-08-07. */
export const LOGS_SHAPES: Shapes = {
  DescribeLogGroups: [{ type: 'LogGroup', at: 'logGroups/*', id: 'logGroupName', arn: 'arn', refs: ['kmsKeyId'] }],
};

/** Answers of `@aws-sdk/client-cloudwatch`. Source: botocore cloudwatch 2010-08-01 model, read 2026-08-07. */
export const CLOUDWATCH_SHAPES: Shapes = {
  DescribeAlarms: [
    {
      type: 'CloudWatchAlarm',
      at: 'MetricAlarms/*',
      id: 'AlarmName',
      arn: 'AlarmArn',
      refs: ['Dimensions/*/Value'],
    },
    { type: 'CloudWatchAlarm', at: 'CompositeAlarms/*', id: 'AlarmName', arn: 'AlarmArn' },
  ],
};

const stream = (at: string): Shape => ({
  type: 'KinesisStream',
  at: at,
  id: 'StreamName',
  arn: 'StreamARN',
});

/** Answers of `@aws-sdk/client-kinesis`. Source: botocore kinesis 2013-12-02 model, read 2026-08-07. */
export const KINESIS_SHAPES: Shapes = {
  DescribeStream: [stream('StreamDescription')],
  DescribeStreamSummary: [stream('StreamDescriptionSummary')],
};

/** Answers of `@aws-sdk/client-kms`; `KeyManager` in the item says whether AWS or the customer owns the key. Source: botocore kms 2014-11-01 model, read 2026-08-07. */
export const KMS_SHAPES: Shapes = {
  DescribeKey: [{ type: 'KmsKey', at: 'KeyMetadata', id: 'KeyId', arn: 'Arn', owner: 'AWSAccountId' }],
};

/** Answers of `@aws-sdk/client-secrets-manager`. Source: botocore secretsmanager 2017-10-17 model, read 2026-08-07. */
export const SECRETS_SHAPES: Shapes = {
  ListSecrets: [
    {
      type: 'Secret',
      at: 'SecretList/*',
      id: 'ARN',
      name: 'Name',
      arn: 'ARN',
      refs: ['KmsKeyId'],
    },
  ],
  DescribeSecret: [{ type: 'Secret', at: '', id: 'ARN', name: 'Name', arn: 'ARN' }],
};

/** Answers of `@aws-sdk/client-savingsplans`. Source: botocore savingsplans 2019-06-28 model, read 2026-08-07. */
export const SAVINGS_PLANS_SHAPES: Shapes = {
  DescribeSavingsPlans: [
    { type: 'Commitment', at: 'savingsPlans/*', id: 'savingsPlanId', arn: 'savingsPlanArn' },
    // Some recordings spell the members in Pascal case.
    { type: 'Commitment', at: 'SavingsPlans/*', id: 'SavingsPlanId', arn: 'SavingsPlanArn' },
  ],
};
