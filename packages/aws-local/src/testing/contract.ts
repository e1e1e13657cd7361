import type { ContractCheck } from './check.ts';
import { DYNAMODB_CHECKS } from './dynamodb-contract.ts';
import { S3_CHECKS } from './s3-contract.ts';
import { SNS_CHECKS } from './sns-contract.ts';
import { SQS_CHECKS } from './sqs-contract.ts';
import { TELEMETRY_CHECKS } from './telemetry-contract.ts';

/** Everything the product expects of AWS, to be put to any implementation through its SDK clients. */
export const AWS_CONTRACT: readonly ContractCheck[] = [
  ...SQS_CHECKS,
  ...SNS_CHECKS,
  ...S3_CHECKS,
  ...DYNAMODB_CHECKS,
  ...TELEMETRY_CHECKS,
];
