import { policyLine } from '@infrafabric/finops';
import type { AskPorts } from './asker.ts';
import { type AwsFailure, failureOf } from './aws-failure.ts';
import type { Collector } from './collector.ts';

/** Whether one operation is permitted. `unknown`: the call failed for another reason, which `error_code` names. */
export interface Permission {
  readonly id: string;
  readonly region: string;
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  readonly error_code?: string;
  /** The statement that is missing, when denied. */
  readonly policy?: string;
}

/**
 * Tries every operation once with its cheapest input, in one region, and says which are permitted.
 *
 * An answer that the named thing does not exist, or that the input is wrong, comes after the permission was checked.
 * Operations AWS charges for are tried only with `withPaid`; the others stay out of the list.
 */
export async function checkPermissions(
  collectors: readonly Collector[],
  at: { readonly account: string; readonly region: string; readonly withPaid: boolean },
  ports: AskPorts,
): Promise<Permission[]> {
  const tried = collectors.filter((one) => at.withPaid || one.usdPerRequest === undefined);
  const checked = await Promise.all(tried.map((collector) => check(collector, at, ports)));
  return checked.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function check(
  collector: Collector,
  { account, region: asked }: { readonly account: string; readonly region: string },
  ports: AskPorts,
): Promise<Permission> {
  const region = collector.scope === 'region' ? asked : collector.scope.global;
  const call = { account, region, client: collector.client, rate: collector.rate, signal: ports.signal };
  const { id } = collector;
  const today = new Date(ports.clock.nowMs()).toISOString().slice(0, 10);
  const input = collector.probe({ account, region, today, days: 1 });
  try {
    await ports.politeness.run(call, async (signal) => {
      if (collector.usdPerRequest !== undefined) ports.spend.reserve(collector.usdPerRequest, id).settle();
      return ports.clients.send(collector, input, { region, signal });
    });
    return { id, region, verdict: 'allowed' };
  } catch (error) {
    ports.signal.throwIfAborted();
    return verdictOf(collector, region, failureOf(error));
  }
}

function verdictOf({ id, iam }: Collector, region: string, { error_code, meaning }: AwsFailure): Permission {
  if (meaning === 'denied') return { id, region, verdict: 'denied', error_code, policy: policyLine(iam) };
  const isPastTheGate = meaning === 'refused' || meaning === 'date-range' || meaning === 'no-support-plan';
  return { id, region, verdict: isPastTheGate ? 'allowed' : 'unknown', error_code };
}
