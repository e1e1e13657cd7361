import type { Pace } from '@infrafabric/agents';
import { dynamoReplay } from '@infrafabric/store';
import { assemble } from './assemble.ts';
import { isBootAlive } from './boot.ts';
import { awsClients, embeddedClients } from './clients.ts';
import { refuseSkewedClock } from './clock-skew.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { openEmbeddedAws } from './embedded/embedded-aws.ts';
import type { Fabric } from './fabric.ts';
import { openHome } from './home.ts';
import { openKeys } from './keys/open-keys.ts';
import { openRedisBus } from './redis-bus.ts';
import { provision } from './provision.ts';
import { topologyOf } from './topology.ts';

/** Ticks of 50 ms on one machine, 1 s on AWS (DESIGN 5); a silent lease is revoked after 10 s and 60 s. */
const PACE: Readonly<Record<Config['mode'], Pace>> = {
  embedded: { tickMs: 50, pollTicks: 20, leaseTicks: 200, idleTicks: 100, heartbeatMs: 1_000 },
  redis: { tickMs: 50, pollTicks: 20, leaseTicks: 200, idleTicks: 100, heartbeatMs: 1_000 },
  aws: { tickMs: 1_000, pollTicks: 5, leaseTicks: 60, idleTicks: 120, heartbeatMs: 10_000 },
};

/**
 * On machines of one's own a message that its receiver took to the grave comes again after this long. One that is worked on is hidden for longer
 * by the heartbeat of its worker.
 */
const HIDDEN_MS = 5_000;

/** Opens everything the configuration names; the only place that chooses drivers. Imported on use, with the SDK it brings. */
export async function wireFabric(config: Config): Promise<Fabric> {
  const home = openHome(config.home);
  const keys = openKeys(home, config.tenant, systemClock.nowMs());
  const embedded = config.mode === 'aws' ? undefined : await openEmbeddedAws(home);
  const clients =
    embedded === undefined ? awsClients() : embeddedClients(embedded.requestHandler, embedded.accessKeyId);
  if (config.mode === 'aws') refuseSkewedClock(clients.sns, systemClock);
  const addresses = await provision(topologyOf(config.namePrefix, config.resultsBucket), clients);
  const { fabric } = assemble({
    config,
    home,
    keys,
    clients,
    addresses,
    beyond: [],
    driver: config.mode === 'redis' ? await openRedisBus(config, HIDDEN_MS) : undefined,
    visibilityMs: config.mode === 'embedded' ? HIDDEN_MS : undefined,
    pace: PACE[config.mode],
    replay: () => dynamoReplay({ client: clients.dynamodb, table: addresses.tableName, tenant: config.tenant }),
    isBootAlive,
  });
  return {
    ...fabric,
    close: async () => {
      await fabric.close();
      await embedded?.close();
    },
  };
}
