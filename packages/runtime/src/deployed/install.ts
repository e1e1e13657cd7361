import type { KeyId, Role } from '@infrafabric/protocol';
import type { Clients } from '../clients.ts';
import type { Config } from '../config/config.ts';
import { SIGNING_ROLES } from '../keys/installed-keys.ts';
import { keySecret, rootOf } from '../keys/key-secret.ts';
import { provision, type WholeAddresses } from '../provision.ts';
import { topologyOf } from '../topology.ts';

/** What a deployment is made of that is not code: where its parts are, the secret of each role, and the root to pin. */
export interface Installed {
  readonly addresses: WholeAddresses;
  readonly secrets: ReadonlyMap<Role, string>;
  readonly rootKeyId: KeyId;
}

/** Creates the parts of a deployment where `clients` point, with the keys of this machine; for a place that has no CDK. */
export async function installDeployment(config: Config, clients: Omit<Clients, 'close'>): Promise<Installed> {
  const topology = topologyOf(config.namePrefix, config.resultsBucket);
  return {
    addresses: await provision(topology, { ...clients, close: () => undefined }),
    secrets: new Map(SIGNING_ROLES.map((role) => [role, keySecret(config, role)])),
    rootKeyId: rootOf(config),
  };
}
