import type { TaskResult } from '@infrafabric/finops';
import {
  type Handler,
  isRequest,
  type OpenedRequest,
  type Reason,
  type TakeOptions,
  type Verdict,
} from '@infrafabric/bus';
import type { TaskRecord } from '@infrafabric/protocol';
import type { Agent } from '../agent.ts';
import { keepDeadLetter } from '../dead-letter.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellRefusals } from '../refusals.ts';
import { tellSettled } from '../settled.ts';
import { poison, stamped } from '../task-machine.ts';
import { traced } from '../traced.ts';
import { orderOf } from '../work-list.ts';
import { commit, giveUp, refuseType } from './answer.ts';
import { keepBeating } from './heartbeat.ts';
import { takeLease, TASK_GONE } from './lease.ts';
import { AGAIN_MS, openTimeLimit, outOfTime } from './time-limit.ts';

/** A worker process for one role. */
export interface Worker {
  /** Takes no more tasks; resolves when those in hand are settled. */
  readonly close: () => Promise<void>;
}

/** How many tasks one worker holds at a time: enough to hide the store's latency, few enough to spread over processes. */
const CONCURRENCY = 8;

/**
 * Starts taking tasks of the agent's role: lease, perform, commit, tell. Every step is safe to repeat.
 *
 * The mailbox's identity must belong to this worker alone: it is how a lease is recognised as our own.
 */
export function openWorker(agent: Agent, ports: WorkerPorts): Worker {
  const stop = new AbortController();
  const { handler, options } = taskHandling(agent, ports);
  const consuming = ports.mailbox.consume(handler, { ...options, signal: stop.signal, concurrency: CONCURRENCY });
  return {
    async close() {
      stop.abort();
      await consuming;
    },
  };
}

/** How the messages of a worker are handled, whoever receives them. */
export interface TaskHandling {
  readonly handler: Handler;
  readonly options: TakeOptions;
}

/**
 * The handling of one worker. Where `deadline` aborts, work is laid down: the task is given back and its message comes again,
 * so that another worker may begin it anew.
 */
export function taskHandling(agent: Agent, ports: WorkerPorts, deadline?: AbortSignal): TaskHandling {
  const inHand = new Set<string>();
  return {
    handler: async (opened) => {
      if (!isRequest(opened)) return undefined;
      if (deadline?.aborted === true) return { verdict: 'retry', reason: outOfTime(), afterMs: AGAIN_MS };
      return takeOnce(opened, inHand, () => takeTask(opened, agent, { ...ports, deadline }));
    },
    options: {
      isGuarded: ({ message }) => message.performative === 'request' || message.performative === 'challenge',
      onOutcome: tellRefusals(ports),
      onGiveUp: async (opened, reason) => (isRequest(opened) ? poisoned(opened, reason, ports) : undefined),
    },
  };
}

/** Keeps an order that goes to the dead letters, then ends its task: whoever finds the letter later finds nothing left to do. */
async function poisoned(opened: OpenedRequest, { code, message }: Reason, ports: WorkerPorts): Promise<void> {
  const { wire, sha256, session, receiveCount, message: order } = opened;
  const { task_id, dispatch } = order.task;
  const letter = {
    sha256: sha256.slice('sha256:'.length),
    role: ports.mailbox.role,
    session_id: session,
    task_id,
    dispatch,
  };
  const why = { act: order.performative, code, detail: message.slice(0, 1_000), receives: receiveCount };
  await keepDeadLetter(ports, { ...letter, ...why }, wire);
  const change = stamped(poison(dispatch, `${code}: ${message}`), { ended_at_ms: ports.clock.nowMs() });
  const ended = await ports.state.changeTask(session, task_id, change);
  if (ended !== undefined) tellSettled(ports, { ...ended, state: 'FAILED' });
}

/** Works on one dispatch of a task once at a time; another copy of its request that comes meanwhile is a duplicate. */
async function takeOnce(
  { session, message }: OpenedRequest,
  inHand: Set<string>,
  take: () => Promise<Verdict>,
): Promise<Verdict> {
  const name = `${session}/${message.task.task_id}/${message.task.dispatch}`;
  if (inHand.has(name)) return { verdict: 'duplicate' };
  inHand.add(name);
  try {
    return await take();
  } finally {
    inHand.delete(name);
  }
}

/** A worker that may have to stop. */
type Limited = WorkerPorts & { readonly deadline: AbortSignal | undefined };

async function takeTask(request: OpenedRequest, agent: Agent, ports: Limited): Promise<Verdict> {
  const lease = await takeLease(request, ports);
  if (!('record' in lease)) return lease.verdict;
  const { record } = lease;
  const { task_id, role, attempt } = record;
  const attributes = { 'infrafabric.task': task_id, 'infrafabric.role': role, 'infrafabric.attempt': attempt };
  return traced(
    ports,
    { name: 'task', session: request.session, parent: request.traceparent, attributes },
    async (traceparent) => workOn({ ...request, traceparent }, record, agent, ports),
  );
}

async function workOn(request: OpenedRequest, record: TaskRecord, agent: Agent, ports: Limited): Promise<Verdict> {
  if (!agent.types.includes(request.message.content.task.type)) return refuseType(request, record, agent, ports);
  const beating = keepBeating(request, record, ports);
  const limit = openTimeLimit(request, { lost: beating.signal, stop: ports.deadline }, ports);
  try {
    const result = await performInTime(request, agent, limit.signal, ports);
    await commit(request, record, result, ports);
  } catch (error) {
    if (beating.signal.aborted) return await laidDown(request, ports);
    await giveUp(request, record, error, ports);
  } finally {
    limit.close();
    await beating.stop();
  }
  return undefined;
}

/** What the agent returns; work that does not stop by itself in time is left behind. @throws the reason of the signal. */
async function performInTime(
  request: OpenedRequest,
  agent: Agent,
  signal: AbortSignal,
  ports: WorkerPorts,
): Promise<TaskResult> {
  const late = Promise.withResolvers<never>();
  const giveUp = (): void => late.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([perform(request, agent, signal, ports), late.promise]);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Work whose lease is lost leaves nothing behind; that its task is gone from the store is said. */
async function laidDown({ session, message }: OpenedRequest, ports: WorkerPorts): Promise<Verdict> {
  const record = await ports.state.task(session, message.task.task_id);
  return record === undefined ? { verdict: 'refuse', reason: TASK_GONE } : undefined;
}

async function perform(
  request: OpenedRequest,
  agent: Agent,
  signal: AbortSignal,
  ports: WorkerPorts,
): Promise<TaskResult> {
  const { content } = request.message;
  const { type, service, region } = content.task;
  const order = await orderOf(content, ports.blobsOf(request.session));
  return agent.perform({ type, service, region, ...order, signal }, ports.desk);
}
