import type { Collector } from './collector.ts';
import { OWN_READS } from './own-reads.ts';

/** An IAM policy document with one statement of reads. */
export interface ReadOnlyPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [
    { readonly Sid: string; readonly Effect: 'Allow'; readonly Action: readonly string[]; readonly Resource: '*' },
  ];
}

/**
 * The policy these collectors and the collection itself need, and nothing else: what each declares, sorted.
 *
 * The resource is `*`: describing and listing has no resource level in most services, and the inventory is the whole account.
 */
export function readOnlyPolicy(collectors: readonly Collector[]): ReadOnlyPolicy {
  const actions = [...collectors, ...OWN_READS]
    .flatMap((one) => one.iam)
    .filter((action) => action !== NEEDS_NO_PERMISSION);
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'InfraFabricReadOnly', Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' }],
  };
}

/** Source: AWS STS API Reference, GetCallerIdentity, "No permissions are required", read 2026-11-20. */
const NEEDS_NO_PERMISSION = 'sts:GetCallerIdentity';
