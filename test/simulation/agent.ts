import { type Agent, AgentError, AGENTS, type WorkOrder } from '@infrafabric/agents';
import type { WorkList } from '@infrafabric/finops';
import type { EvidenceId, WorkerRole } from '@infrafabric/protocol';
import { StoreError } from '@infrafabric/store';
import { answerOf, type Estate } from './estate.ts';
import type { AskModel } from './model.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** Most work on a task takes up to this long. */
const WORK_MS = 12_000;

/** Some takes longer than a lease that nobody keeps. */
const LONG_WORK_MS = 26_000;

/** What a simulated agent works with. */
interface Bench {
  readonly process: Process;
  readonly world: World;
  /** By session. */
  readonly estates: readonly Estate[];
  readonly ask: AskModel;
}

/** An agent that does as the shipped ones do, reads evidence and answers the same for the same order, but fails at times. */
export function simulatedAgent(role: WorkerRole, bench: Bench): Agent {
  return {
    role,
    types: AGENTS.find((agent) => agent.role === role)?.types ?? [],
    async perform(order, desk) {
      const { process, world } = bench;
      const evidence = evidenceOf(order.workList);
      const estate = bench.estates.find((one) => one.has(evidence));
      if (estate === undefined) throw new AgentError('WORK_LIST_INVALID', { message: 'the evidence is of no session' });
      const { session } = estate;
      const task = taskOf(order);
      world.record({ kind: 'call', by: process.name, session, task });
      mishap(`${session} ${task}`, bench);
      await desk.bytes(evidence);
      const isLong = world.chance.happens(`${process.name} long work`, 0.1);
      await process.clock.sleep(world.chance.real(`${process.name} work`) * (isLong ? LONG_WORK_MS : WORK_MS));
      await bench.ask({ session, task }, order.signal);
      return answerOf(order.type, { task, role, evidence, entries: estate.entries.get(evidence) ?? [] });
    },
  };
}

/** What goes wrong in an agent: this time, each time, or so that its process dies of it. */
function mishap(task: string, { process, world }: Bench): void {
  const { chance, rate } = world;
  if (chance.fault('retryable failure', process.name, rate.retryable)) {
    throw new StoreError('THROTTLED', { message: 'the simulated agent was throttled', retryAfterMs: 2_000 });
  }
  if (chance.fated('final failure', task, rate.finalFailure)) {
    throw new AgentError('WORK_LIST_INVALID', { message: 'the simulated task cannot be done' });
  }
  if (chance.fated('poison', task, rate.poison)) world.onCrash(process, 'agent.perform');
}

/** The evidence that a work list names first. @throws AgentError `WORK_LIST_INVALID` */
function evidenceOf(workList: WorkList): EvidenceId {
  const evidence =
    'files' in workList
      ? workList.files[0]?.evidence
      : workList.kind === 'judge' && workList.subjects[0]?.versions[0]?.places[0]?.evidence;
  if (typeof evidence === 'string') return evidence;
  throw new AgentError('WORK_LIST_INVALID', { message: 'the work list names no evidence' });
}

/** The task behind an order, which does not name it; the estates are so small that there is one of a kind. */
function taskOf({ type, service, region }: WorkOrder): string {
  const [role = ''] = type.split('.');
  if (type === 'budget.account' || type === 'collector.read-bill') return `${role}/bill/0`;
  return `${role}/${service}/${region}/0`;
}
