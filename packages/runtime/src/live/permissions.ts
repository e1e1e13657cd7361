import { checkPermissions, type Permission, readOnlyPolicy, type ReadOnlyPolicy } from '@infrafabric/collect/live';
import type { Config } from '../config/config.ts';
import type { Check } from '../diagnose.ts';
import { openLiveAccess } from './access.ts';
import { collectorsFor } from './collectors-for.ts';

/** The exact read-only policy of a live collection for these roles. */
export function iamPolicy(roles: readonly string[]): ReadOnlyPolicy {
  return readOnlyPolicy(collectorsFor(roles));
}

/**
 * Tries every operation of a live collection that costs nothing, in one region, and says which policy line is missing.
 *
 * @throws CollectError `AWS_CREDENTIALS` and the other codes of a call that failed.
 */
export async function diagnoseLive(config: Config, signal: AbortSignal): Promise<Check[]> {
  const access = await openLiveAccess(config);
  try {
    const { account, arn } = access.identity;
    const [first = 'all'] = config.awsRegions;
    const region = first === 'all' ? 'us-east-1' : first;
    const ports = access.portsOf(account, signal);
    const permissions = await checkPermissions(access.collectors, { account, region, withPaid: false }, ports);
    return [{ name: 'AWS credentials', ok: true, detail: arn }, ...permissions.map(checkOf)];
  } finally {
    await access.close();
  }
}

function checkOf({ id, region, verdict, error_code, policy }: Permission): Check {
  const said = error_code === undefined ? '' : `, AWS answered ${error_code}`;
  const base = { name: `${id} (${region})`, ok: verdict === 'allowed', detail: `${verdict}${said}` };
  return policy === undefined ? base : { ...base, fix: `add to the policy: ${policy}` };
}
