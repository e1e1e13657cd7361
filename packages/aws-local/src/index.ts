export { openAwsLocal } from './aws-local.ts';
export type { AwsLocal, AwsLocalOptions } from './aws-local.ts';
export { AwsLocalError } from './errors.ts';
export type { AwsLocalErrorCode } from './errors.ts';
export type { SdkRequestHandler } from './handler.ts';
export { acquireLock } from './lock.ts';
export type { Lock, Owner } from './lock.ts';
export type { ListenOptions, Loopback } from './loopback.ts';
export { namingSigner } from './naming-signer.ts';
