import {
  checkPermissions,
  clientsFor,
  type Collector,
  OWN_READS,
  type Permission,
  readOnlyPolicy,
  type ReadOnlyPolicy,
} from '@infrafabric/collect/live';
import { PRICE_READS } from '@infrafabric/collect/prices';
import type { Config } from '../config/config.ts';
import type { Check } from '../diagnose.ts';
import { openLiveAccess } from './access.ts';
import { collectorsFor } from './collectors-for.ts';

/** The exact read-only policy of a live collection for these roles; with `pricing` also of `prices update`. */
export function iamPolicy(roles: readonly string[]): ReadOnlyPolicy {
  return readOnlyPolicy([...collectorsFor(roles), ...priceReads(roles)]);
}

/**
 * Tries every operation of a live collection in one region with its cheapest input, and says which policy line is missing.
 *
 * Operations AWS charges for are tried only under a cap; without one they are listed with their charge.
 * @throws CollectError `AWS_CREDENTIALS` and the other codes of a call that failed.
 */
export async function diagnoseLive(config: Config, signal: AbortSignal): Promise<Check[]> {
  const access = await openLiveAccess(config);
  const reads = [...access.collectors, ...OWN_READS, ...priceReads(config.roles)];
  const each = [...new Map(reads.map((one) => [one.id, one])).values()];
  const clients = clientsFor(each, access.settingsOf(access.identity.account));
  try {
    const { account, arn } = access.identity;
    const [first = 'all'] = config.awsRegions;
    const region = first === 'all' ? 'us-east-1' : first;
    const withPaid = config.maxAwsUsd !== '';
    const ports = { ...access.portsOf(account, signal), clients };
    const permissions = await checkPermissions(each, { account, region, withPaid }, ports);
    const untried = withPaid ? [] : each.filter((one) => one.usdPerRequest !== undefined);
    return [
      { name: 'AWS credentials', ok: true, detail: arn },
      ...permissions.map(checkOf),
      ...untried.map((one) => notTried(one, region)),
      { name: 'paid reads', ok: true, detail: paidText(config.maxAwsUsd, access.spend.usd, untried.length) },
    ];
  } finally {
    clients.close();
    await access.close();
  }
}

/** What `prices update` asks, which belongs to the role that judges prices. */
const priceReads = (roles: readonly string[]): readonly Collector[] => (roles.includes('pricing') ? PRICE_READS : []);

function checkOf({ id, region, verdict, error_code, policy }: Permission): Check {
  const said = error_code === undefined ? '' : `, AWS answered ${error_code}`;
  const base = { name: `${id} (${region})`, ok: verdict === 'allowed', detail: `${verdict}${said}` };
  return policy === undefined ? base : { ...base, fix: `add to the policy: ${policy}` };
}

function notTried({ id, scope, usdPerRequest = '' }: Collector, asked: string): Check {
  const region = scope === 'region' ? asked : scope.global;
  return { name: `${id} (${region})`, ok: true, detail: `not tried: AWS charges ${usdPerRequest} USD a request` };
}

function paidText(cap: string, usd: string, untried: number): string {
  if (cap !== '') return `${usd} USD spent of at most ${cap}`;
  return untried === 0 ? 'none' : `${untried} operations cost money and were not tried; --max-aws-usd 1 tries them`;
}
