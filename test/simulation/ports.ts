import { type CoordinatorPorts, openDesk, type WorkerPorts } from '@infrafabric/agents';
import { contentsIn, type Mailbox, openMailbox, type Outcome, type Quarantine } from '@infrafabric/bus';
import { canonicalBytes, digestOf, type Ids, replayMemory, type ReplayMemory, type Role } from '@infrafabric/protocol';
import { StoreError } from '@infrafabric/store';
import { blobPort } from './blob-port.ts';
import { type BusPort, busPort } from './bus-port.ts';
import { call } from './call.ts';
import type { Process } from './process.ts';
import { SCOPE } from './scope.ts';
import { statePort } from './state-port.ts';
import { count, type World } from './world.ts';

/** Everything the shipped modules of one process are given. */
export interface Ports extends WorkerPorts, CoordinatorPorts {
  readonly bus: BusPort;
  readonly quarantine: Quarantine;
}

/** Opens the ports of a process. */
export function portsOf(process: Process, role: Role, world: World): Ports {
  const ids: Ids = { uuidv7: () => world.chance.uuid(`${process.name} ids`, '7') };
  const bus = busPort(process, world);
  const blobsOf: Ports['blobsOf'] = (session) => blobPort(process, world, session);
  const quarantine: Quarantine = { keep: async (body, code) => keepAside(body, code, process, world) };
  return {
    bus,
    quarantine,
    state: statePort(process, world),
    blobsOf,
    mailbox: mailboxOf(process, role, world, { ids, bus, blobsOf, quarantine }),
    clock: process.clock,
    ids,
    observer: { event: () => undefined },
    pace: world.scenario.pace,
    bootId: process.bootId,
    isBootAlive: (bootId) => (canKnow(bootId, process, world) ? !world.dead.has(bootId) : undefined),
    desk: openDesk(blobPort(process, world)),
    async publishReport({ session_id: session }, gathered) {
      const bytes = canonicalBytes(gathered);
      await blobsOf(session).put(bytes);
      const sha256 = digestOf(bytes);
      const text = new TextDecoder().decode(bytes);
      world.record({ kind: 'report', by: process.name, session, format: 'gathered', sha256, text });
      return { sha256, findings: 0, gaps: gathered.gaps.length };
    },
  };
}

function mailboxOf(
  process: Process,
  role: Role,
  world: World,
  { ids, bus, blobsOf, quarantine }: Pick<Ports, 'ids' | 'bus' | 'blobsOf' | 'quarantine'>,
): Mailbox {
  const { swarm, scenario } = world;
  return openMailbox({
    identity: { scope: SCOPE, role, instance: process.name },
    signer: swarm.agents[role].signer,
    trust: swarm.trust,
    driver: bus,
    clock: process.clock,
    ids,
    replay: scenario.sharesReplay ? sharedReplay(process, world) : replayMemory(process.clock),
    quarantine,
    contents: contentsIn({ blobsOf, bucket: 'simulated', tenant: swarm.trust.tenant }),
    onOutcome: (outcome, opened) => note(outcome, opened?.wire, process, { bus, world }),
  });
}

/** Whether a process is on the same machine: only there can anybody know. A function knows of nobody. */
function canKnow(bootId: string, { machine }: Process, { scenario }: World): boolean {
  if (scenario.boots === 'unknown') return false;
  return scenario.boots === 'one machine' || bootId.slice(0, bootId.lastIndexOf('-')) === machine;
}

/** Marks of messages that were seen, in the state table. */
function sharedReplay(process: Process, world: World): ReplayMemory {
  return {
    remember: async (...given) =>
      call(process, world, {
        point: 'replay.remember',
        unavailable: () => new StoreError('UNAVAILABLE', { message: 'the table did not answer in time' }),
        effect: async () => world.replay.remember(...given),
      }),
  };
}

async function keepAside(body: string, code: string, process: Process, world: World): Promise<void> {
  return call(process, world, {
    point: 'quarantine.keep',
    unavailable: () => new StoreError('UNAVAILABLE', { message: 'the bucket did not answer in time' }),
    effect: () => world.record({ kind: 'quarantine', by: process.name, body, code }),
  });
}

/** Writes down how a delivery ended: that which was settled last, for outcomes are told right after it. */
function note(
  outcome: Outcome,
  wire: string | undefined,
  { name: by }: Process,
  { bus, world }: { readonly bus: BusPort; readonly world: World },
): void {
  const code = 'reason' in outcome ? outcome.reason.code : undefined;
  if (outcome.outcome === 'quarantined') count(world.tally.refusals, outcome.reason.code);
  const held = bus.settled() ?? (wire === undefined ? undefined : bus.inHand(wire));
  if (held === undefined) return;
  const { message, receiveCount: receive_count } = held;
  world.record({ kind: 'outcome', by, message: message.id, receive_count, outcome: outcome.outcome, code });
}
