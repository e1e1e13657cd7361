import { type Role, WORKER_ROLES } from '@infrafabric/protocol';
import { type Clients } from '../clients.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { openHome } from '../home.ts';
import { keySecret, openKeys } from '../keys.ts';
import { provision, type WholeAddresses } from '../provision.ts';
import { topologyOf } from '../topology.ts';

/** What a deployment is made of that is not code: where its parts are, and the secret of each role. */
export interface Installed {
  readonly addresses: WholeAddresses;
  readonly secrets: ReadonlyMap<Role, string>;
  readonly rootKeyId: string;
}

/** Creates the parts of a deployment where `clients` point, with the keys of this machine; for a place that has no CDK. */
export async function installDeployment(config: Config, clients: Omit<Clients, 'close'>): Promise<Installed> {
  const addresses = await provision(topologyOf(config.namePrefix, config.resultsBucket), {
    ...clients,
    close: () => undefined,
  });
  return { addresses, ...keySecrets(config) };
}

/** The secret of every role, made of the keys of this machine, and the root that a reader of reports pins. */
export function keySecrets(config: Pick<Config, 'home' | 'tenant'>): Pick<Installed, 'secrets' | 'rootKeyId'> {
  const home = openHome(config.home);
  const keys = openKeys(home, config.tenant, systemClock.nowMs());
  const roles: readonly Role[] = ['coordinator', ...WORKER_ROLES];
  return { secrets: new Map(roles.map((role) => [role, keySecret(home, keys, role)])), rootKeyId: keys.rootKeyId };
}
