import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import {
  type AskPorts,
  AwsSpend,
  clientsFor,
  type Collector,
  type Identity,
  identityOf,
  memberRoleArn,
  POLITE_SETTINGS,
  Politeness,
  type ReadOnlyClients,
  type SdkSettings,
} from '@infrafabric/collect/live';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { openAnswers } from './answers.ts';
import { collectorsFor } from './collectors-for.ts';

/** The way of one process to the accounts it may read: one budget, one set of rate limits, one cache for all of them. */
export interface LiveAccess {
  readonly identity: Identity;
  readonly collectors: readonly Collector[];
  readonly spend: AwsSpend;
  /** How the clients of an account are set up: the credentials of this process, or the member role of another account. */
  readonly settingsOf: (account: string) => SdkSettings;
  /** Everything asking needs, with the clients of that account. */
  readonly portsOf: (account: string, signal: AbortSignal) => AskPorts;
  readonly close: () => Promise<void>;
}

/**
 * Finds out whose credentials this process has. They come from the SDK's own chain in every mode (DESIGN 4).
 *
 * @throws CollectError `AWS_CREDENTIALS` and the other codes of a call that failed.
 */
export async function openLiveAccess(config: Config): Promise<LiveAccess> {
  const collectors = collectorsFor(config.roles);
  const shared = await sharedPorts(config);
  const own = ownSettings(config);
  const ownClients = clientsFor(collectors, own);
  const identity = await identityOr({ ...shared, clients: ownClients, signal: new AbortController().signal });
  const clients = new Map<string, ReadOnlyClients>([[identity.account, ownClients]]);
  const settingsOf = (account: string): SdkSettings =>
    account === identity.account ? own : memberSettings(account, identity, config, own);
  return {
    identity,
    collectors,
    spend: shared.spend,
    settingsOf,
    portsOf: (account, signal) => {
      const known = clients.get(account) ?? clientsFor(collectors, settingsOf(account));
      clients.set(account, known);
      return { ...shared, clients: known, signal };
    },
    close: async () => {
      for (const one of clients.values()) one.close();
      await shared.cache.close();
    },
  };
}

/** A wrong credential leaves no connection open. */
async function identityOr(ports: AskPorts): Promise<Identity> {
  try {
    return await identityOf(ports);
  } catch (error) {
    await ports.cache.close();
    throw error;
  }
}

/** What asking AWS needs besides clients: politeness, the cap on paid reads, the cache. @throws CollectError `CACHE_UNREACHABLE`. */
export async function sharedPorts(config: Config): Promise<Omit<AskPorts, 'clients' | 'signal'>> {
  const settings = {
    ...POLITE_SETTINGS,
    breakerFailures: config.breakerFailures,
    breakerMs: config.breakerSeconds * 1000,
  };
  return {
    politeness: new Politeness(systemClock, settings),
    spend: new AwsSpend(config.maxAwsUsd === '' ? undefined : config.maxAwsUsd),
    cache: await openAnswers(config),
    costCacheMinutes: config.costCacheMinutes,
    clock: systemClock,
  };
}

/** One provider for all clients of the process, so that a sign-in is looked up once and renewed once. */
export function ownSettings({ awsProfile }: Config): SdkSettings {
  const credentials = fromNodeProviderChain(awsProfile === '' ? {} : { profile: awsProfile });
  return { credentials, ...pathStyle() };
}

function memberSettings(account: string, { partition }: Identity, config: Config, own: SdkSettings): SdkSettings {
  const role = { roleName: config.memberRole, externalId: config.externalId };
  const credentials = fromTemporaryCredentials({
    params: {
      RoleArn: memberRoleArn(account, role, partition),
      RoleSessionName: 'infrafabric-read',
      ...(role.externalId === '' ? {} : { ExternalId: role.externalId }),
    },
    clientConfig: { region: 'us-east-1' },
    ...(config.awsProfile === '' ? {} : { masterCredentials: fromNodeProviderChain({ profile: config.awsProfile }) }),
  });
  return { ...own, credentials };
}

/** An endpoint that is not AWS has no names for buckets. */
function pathStyle(): SdkSettings {
  const isOther = (process.env['AWS_ENDPOINT_URL'] ?? process.env['AWS_ENDPOINT_URL_S3'] ?? '') !== '';
  return isOther ? { forcePathStyle: true } : {};
}
