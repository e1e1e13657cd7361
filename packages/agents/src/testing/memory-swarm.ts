import { type BusDriver, BusError, contentsIn, memoryBus, openMailbox, type Outgoing } from '@infrafabric/bus';
import { type ManualClock, manualClock } from '@infrafabric/bus/testing';
import {
  canonicalBytes,
  type DeadLetters,
  digestOf,
  type EvidenceId,
  evidenceId,
  type EvidenceStore,
  type Role,
  type SessionEvent,
  type SessionId,
  type SessionRecord,
  replayMemory,
  type StateStore,
  type TaskId,
  type TaskRecord,
  WORKER_ROLES,
  type WorkerRole,
} from '@infrafabric/protocol';
import { aSwarm } from '@infrafabric/protocol/testing';
import { memoryDeadLetters, memoryEvidence, memoryState } from '@infrafabric/store';
import type { Agent } from '../agent.ts';
import { AGENTS } from '../catalogue.ts';
import { type Coordinator, openCoordinator } from '../coordinator/coordinator.ts';
import { openPasses, type Passes } from '../coordinator/passes.ts';
import { openDesk } from '../desk.ts';
import type { CoordinatorPorts, Pace, WorkerPorts } from '../ports.ts';
import { openWorker, type Worker } from '../worker/worker.ts';
import { MANIFEST, smallestResult } from './memory-estate.ts';

/** Ticks of 50 ms, as the embedded mode has them, but short waits. */
export const PACE: Pace = { tickMs: 50, pollTicks: 10, leaseTicks: 60, idleTicks: 20, heartbeatMs: 1_000 };

/** A swarm in memory with real keys, real messages and a clock the test moves; parts can be made to fail. */
export interface MemorySwarm {
  readonly session: SessionId;
  readonly clock: ManualClock;
  readonly state: StateStore;
  readonly deadLetters: DeadLetters;
  readonly blobs: EvidenceStore;
  /** The bytes behind `blobs`, open to damage. */
  readonly kept: Map<EvidenceId, Uint8Array>;
  readonly driver: BusDriver;
  readonly events: SessionEvent[];
  readonly quarantined: [code: string, wire: string][];
  /** The bytes of every report that was made, in order. */
  readonly reports: string[];
  /** A message for which this answers true is lost on the way, although its sender is told that it was published. */
  loses: (message: Outgoing) => boolean;
  /** Publishing a message for which this answers true fails. */
  failsToPublish: (message: Outgoing) => boolean;
  /** What each role does; by default the smallest result of its kind, for a collector the estate's entries. */
  readonly perform: Map<WorkerRole, Agent['perform']>;
  readonly dead: Set<string>;
  readonly mailboxOf: (role: Role, instance: string) => ReturnType<typeof openMailbox>;
  readonly worker: (role: WorkerRole, instance?: string, over?: Partial<WorkerPorts>) => Worker;
  /** The agent of a role, which does what `perform` says. */
  readonly agent: (role: WorkerRole) => Agent;
  readonly workerPorts: (mailbox: ReturnType<typeof openMailbox>) => WorkerPorts;
  /** A worker of each role. */
  readonly workers: (instance?: string) => Worker[];
  readonly coordinator: (instance?: string, over?: Partial<CoordinatorPorts>) => Coordinator;
  /** A coordinator of short passes on another machine: nobody can tell whether it lives. */
  readonly passes: (instance?: string, over?: Partial<CoordinatorPorts>) => Passes;
  readonly coordinatorPorts: (instance?: string, over?: Partial<CoordinatorPorts>) => CoordinatorPorts;
  /** Creates the session over a manifest of two ec2 answers in two regions, and a bill. */
  readonly create: (over?: Partial<SessionRecord>) => Promise<SessionRecord>;
  /** Moves the clock until the promise settles; gives up after ten minutes of swarm time. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>;
  readonly record: () => Promise<SessionRecord>;
  /** A task by its id; throws when there is none. */
  readonly task: (id: TaskId) => Promise<TaskRecord>;
}

/** Opens a swarm whose collectors find an instance, a volume and a database in each of two regions. */
export function memorySwarm(name = 'agents'): MemorySwarm {
  const keys = aSwarm(name);
  const clock = manualClock(keys.nowMs);
  const driver = memoryBus({ clock });
  const kept = new Map<EvidenceId, Uint8Array>();
  const blobs = memoryEvidence(kept);
  const deadLetters = memoryDeadLetters(clock, 14 * 86_400_000);
  const common = { state: memoryState(), blobsOf: () => blobs, clock, pace: PACE, deadLetters };
  const contents = contentsIn({ blobsOf: common.blobsOf, bucket: 'memory', tenant: 'test' });
  const observer = { event: (event: SessionEvent) => void swarm.events.push(event) };
  const lossy: BusDriver = {
    ...driver,
    publish: async (batch) =>
      Promise.all(
        batch.map(async (message) => {
          if (swarm.failsToPublish(message)) {
            return { published: false, error: new BusError('UNAVAILABLE', { message: 'the topic is away' }) };
          }
          if (swarm.loses(message)) return { published: true };
          const [outcome] = await driver.publish([message]);
          return outcome ?? { published: true };
        }),
      ),
  };
  const mailboxOf: MemorySwarm['mailboxOf'] = (role, instance) =>
    openMailbox({
      identity: { scope: 'test', role, instance },
      signer: keys.agents[role].signer,
      trust: keys.trust,
      driver: lossy,
      clock,
      ids: { uuidv7: () => keys.uuid() },
      replay: replayMemory(clock),
      quarantine: { keep: async (wire, code) => void swarm.quarantined.push([code, wire]) },
      contents,
    });
  const swarm: MemorySwarm = {
    session: keys.session,
    clock,
    state: common.state,
    deadLetters,
    blobs,
    kept,
    driver,
    events: [],
    quarantined: [],
    reports: [],
    loses: () => false,
    failsToPublish: () => false,
    perform: new Map(WORKER_ROLES.map((role) => [role, async ({ type }) => smallestResult(type)])),
    dead: new Set(),
    mailboxOf,
    worker: (role, instance = 'w-1', over = {}) =>
      openWorker(agentOf(role, swarm), { ...swarm.workerPorts(mailboxOf(role, instance)), bootId: instance, ...over }),
    agent: (role) => agentOf(role, swarm),
    workerPorts: (mailbox) => ({ ...common, mailbox, observer, bootId: mailbox.identity, desk: openDesk(blobs) }),
    workers: (instance) => WORKER_ROLES.map((role) => swarm.worker(role, instance)),
    coordinator: (instance, over) => openCoordinator(swarm.coordinatorPorts(instance, over)),
    passes: (instance, over) => openPasses(swarm.coordinatorPorts(instance, { isBootAlive: () => undefined, ...over })),
    coordinatorPorts: (instance = 'c-1', over = {}) => ({
      ...common,
      mailbox: mailboxOf('coordinator', instance),
      ids: { uuidv7: () => keys.uuid() },
      observer,
      bootId: instance,
      isBootAlive: (boot) => !swarm.dead.has(boot),
      publishReport: async (_session, gathered) => {
        const bytes = canonicalBytes(gathered);
        swarm.reports.push(new TextDecoder().decode(bytes));
        return { sha256: digestOf(bytes), findings: 0, gaps: gathered.gaps.length };
      },
      ...over,
    }),
    async create(over = {}) {
      const inputs = await blobs.put(canonicalBytes(MANIFEST));
      const record = { ...sessionOf(keys.session, clock.nowMs(), inputs.id), ...over };
      await common.state.createSession(record);
      return record;
    },
    async until(promise) {
      const settled = new AbortController();
      const done = promise.finally(() => settled.abort());
      done.catch(() => undefined);
      for (let steps = 0; !settled.signal.aborted && steps < 12_000; steps += 1) await clock.advance(PACE.tickMs);
      if (!settled.signal.aborted) throw new Error('expected the swarm to end within ten minutes');
      return done;
    },
    async task(id) {
      const found = await common.state.task(keys.session, id);
      if (found === undefined) throw new Error(`expected a task ${id}, got none`);
      return found;
    },
    record: async () => (await common.state.session(keys.session)) ?? sessionOf(keys.session, 0, ''),
  };
  return swarm;
}

function agentOf(role: WorkerRole, swarm: MemorySwarm): Agent {
  const types = AGENTS.find((agent) => agent.role === role)?.types ?? [];
  return {
    role,
    types,
    perform: async (order, desk) => swarm.perform.get(role)?.(order, desk) ?? smallestResult(order.type),
  };
}

function sessionOf(session_id: SessionId, nowMs: number, inputs: EvidenceId): SessionRecord {
  const table = evidenceId('7'.repeat(64));
  return {
    session_id,
    state: 'CREATED',
    request: {
      as_of: '2026-11-20',
      inputs,
      tables: { prices: table, instance_types: table, lifecycle: table },
      roles: [...WORKER_ROLES],
      settings: {},
      budget_usd: null,
      question: null,
    },
    created_at_ms: nowMs,
    deadline_ms: nowMs + 3_600_000,
    tick: 0,
    fence: 0,
    phase: 'collection',
  };
}
