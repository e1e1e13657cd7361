import type { ReadOnlyPolicy } from '@infrafabric/collect/live';
import type { Config } from '../config/config.ts';
import type { Check } from '../diagnose.ts';
import type { CollectOptions, EstateCollection } from './collect-estate.ts';

/** `collectEstate` of `collect-estate.ts`; who never calls it never loads the SDK. */
export async function collectEstate(config: Config, options: CollectOptions): Promise<EstateCollection> {
  return (await import('./collect-estate.ts')).collectEstate(config, options);
}

/** `diagnoseLive` of `permissions.ts`, loaded on use. */
export async function diagnoseLive(config: Config, signal: AbortSignal): Promise<Check[]> {
  return (await import('./permissions.ts')).diagnoseLive(config, signal);
}

/** `iamPolicy` of `permissions.ts`, loaded on use. */
export async function iamPolicy(roles: readonly string[]): Promise<ReadOnlyPolicy> {
  return (await import('./permissions.ts')).iamPolicy(roles);
}
