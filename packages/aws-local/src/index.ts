export { openAwsLocal } from './aws-local.ts';
export type { AwsLocal, AwsLocalOptions } from './aws-local.ts';
export { AwsLocalError } from './errors.ts';
export type { AwsLocalErrorCode } from './errors.ts';
export type { SdkRequestHandler } from './handler.ts';
