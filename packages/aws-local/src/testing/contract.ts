import type { ContractCheck } from './check.ts';
import { DYNAMODB_ITEM_CHECKS } from './dynamodb-item-contract.ts';
import { DYNAMODB_QUERY_CHECKS } from './dynamodb-query-contract.ts';
import { S3_CHECKS } from './s3-contract.ts';
import { SNS_CHECKS } from './sns-contract.ts';
import { SQS_CHECKS } from './sqs-contract.ts';
import { SQS_POLL_CHECKS } from './sqs-poll-contract.ts';
import { TELEMETRY_CHECKS } from './telemetry-contract.ts';

/** Everything the product expects of AWS, to be put to any implementation through its SDK clients. */
export const AWS_CONTRACT: readonly ContractCheck[] = [
  ...SQS_CHECKS,
  ...SQS_POLL_CHECKS,
  ...SNS_CHECKS,
  ...S3_CHECKS,
  ...DYNAMODB_ITEM_CHECKS,
  ...DYNAMODB_QUERY_CHECKS,
  ...TELEMETRY_CHECKS,
];
