import type { Pace } from '@infrafabric/agents';
import { type SqsEventQueue, sqsEventQueue } from '@infrafabric/bus';
import { type Role, WORKER_ROLES } from '@infrafabric/protocol';
import { dynamoReplay } from '@infrafabric/store';
import { type Assembled, assemble } from '../assemble.ts';
import { awsClients } from '../clients.ts';
import { systemClock } from '../clock.ts';
import { type Config, type ConfigSources, readConfig } from '../config/config.ts';
import { openHome } from '../home.ts';
import { topologyOf } from '../topology.ts';
import { noKeys, openDeployedKeys } from './deployed-keys.ts';

/** What a function is told by its deployment. */
export type FunctionEnvironment = ConfigSources['environment'];

/** The parts of a deployment as one of its functions reaches them. */
export interface Deployment extends Assembled {
  /** The queue of the function's role. */
  readonly queue: SqsEventQueue;
}

/** Passes of a coordinator are 5 s apart; a lease that was silent for 60 s is revoked. */
const PACE: Pace = { tickMs: 5_000, pollTicks: 1, leaseTicks: 12, idleTicks: 24, heartbeatMs: 10_000 };

/**
 * Opens what a function reaches. Nothing is created: everything is where the environment says, and the key is that of `role`;
 * without a role there is none.
 *
 * Replays are remembered in the state table, for the next message may come to another container; nobody can tell whether
 * another container lives.
 */
export async function openDeployment(role: Role | undefined, environment: FunctionEnvironment): Promise<Deployment> {
  const config = readConfig({ flags: {}, environment });
  const clients = awsClients();
  const { dynamodb: client } = clients;
  const assembled = assemble({
    config,
    home: openHome(config.home),
    keys: role === undefined ? noKeys : await openDeployedKeys(config.keySecretArn, role, systemClock.nowMs()),
    clients,
    addresses: addressesOf(config, role),
    beyond: ['coordinator', ...WORKER_ROLES],
    pace: PACE,
    replay: () => dynamoReplay({ client, table: config.stateTable, tenant: config.tenant }),
    isBootAlive: () => undefined,
  });
  const urls = { queue: config.queueUrl, deadLetters: config.deadLetterUrl };
  return { ...assembled, queue: sqsEventQueue(clients.sqs, urls) };
}

function addressesOf(config: Config, role: Role | undefined): Parameters<typeof assemble>[0]['addresses'] {
  return {
    topicArn: config.topicArn,
    queueUrls: role === undefined ? {} : { [role]: config.queueUrl },
    deadLetterUrls: role === undefined ? {} : deadLetterUrls(config, role),
    tableName: config.stateTable,
    bucketName: config.resultsBucket,
  };
}

/** The sweeper is told its queue alone; a dead-letter queue is in the same place, by the name the topology gives it. */
function deadLetterUrls({ queueUrl, deadLetterUrl, namePrefix }: Config, role: Role): Partial<Record<Role, string>> {
  if (deadLetterUrl !== '' || queueUrl === '') return { [role]: deadLetterUrl };
  const { queues } = topologyOf(namePrefix);
  return Object.fromEntries(queues.map((one) => [one.role, new URL(one.deadLetterQueueName, queueUrl).href]));
}
