import { type EstimateLine, estimate, organizationAccounts, regionsOf } from '@infrafabric/collect/live';
import type { LivePlan } from '@infrafabric/finops';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { LiveAccess } from './access.ts';

/** What a collection is going to read, and what that costs at least. */
export interface PlannedCollection {
  readonly plan: LivePlan;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly operations: number;
  readonly estimate: { readonly usd: string; readonly lines: readonly EstimateLine[] };
}

/**
 * Looks up accounts and regions; nothing is collected yet. Members of an organisation are read in the regions of this account.
 *
 * @throws CollectError `AWS_REGION`, `AWS_ACCESS_DENIED` and the other codes of a listing that failed.
 */
export async function planLive(access: LiveAccess, config: Config, signal: AbortSignal): Promise<PlannedCollection> {
  const own = access.identity.account;
  const ports = access.portsOf(own, signal);
  const wanted = config.awsRegions.includes('all') ? 'all' : config.awsRegions;
  const regions = await regionsOf(own, wanted, ports);
  const accounts = config.memberRole === '' ? [own] : await organizationAccounts(own, ports);
  const places = accounts.flatMap((account) => ['global', ...regions].map((region) => ({ account, region })));
  const today = new Date(systemClock.nowMs()).toISOString().slice(0, 10);
  const { collectors } = access;
  return {
    plan: { places, today, days: config.metricDays },
    accounts,
    regions,
    operations: collectors.length,
    estimate: estimate({ collectors, accounts: accounts.length, regions: regions.length, metrics: 0 }),
  };
}

/** The plan and its price as one line for a person, printed before anything is asked. */
export function planText({ accounts, regions, operations, estimate: { usd } }: PlannedCollection, cap: string): string {
  const limit = cap === '' ? 'no cap (--max-aws-usd)' : `at most ${cap} USD`;
  return (
    `live: ${count(accounts.length, 'account')}, ${count(regions.length, 'region')}, ${operations} read operations; ` +
    `paid reads: ${usd} USD for cost data, 0.01 USD per 1,000 metrics, ${limit}`
  );
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
