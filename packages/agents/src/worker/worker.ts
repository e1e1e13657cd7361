import type { TaskResult, WorkList } from '@infrafabric/finops';
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
import { readJson } from '../blob-json.ts';
import { keepDeadLetter } from '../dead-letter.ts';
import { AgentError } from '../errors.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellRefusals } from '../refusals.ts';
import { tellSettled } from '../settled.ts';
import { poison, stamped } from '../task-machine.ts';
import { traced } from '../traced.ts';
import { commit, giveUp, refuseType } from './answer.ts';
import { keepBeating } from './heartbeat.ts';
import { takeLease } from './lease.ts';

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

/** What was laid down is offered to others after this long. */
const AGAIN_MS = 1_000;

const outOfTime = (): AgentError =>
  new AgentError('OUT_OF_TIME', {
    message: 'this worker has no time left to finish the task',
    retryAfterMs: AGAIN_MS,
  });

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
  const record = await takeLease(request, ports);
  if (record === undefined) return undefined;
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
  try {
    await commit(request, record, await performInTime(request, agent, beating.signal, ports), ports);
  } catch (error) {
    await giveUp(request, record, error, ports);
  } finally {
    await beating.stop();
  }
  return undefined;
}

/** What the agent returns; work that does not stop by itself at the deadline is left behind. @throws AgentError `OUT_OF_TIME`. */
async function performInTime(
  request: OpenedRequest,
  agent: Agent,
  lost: AbortSignal,
  ports: Limited,
): Promise<TaskResult> {
  const { deadline } = ports;
  if (deadline === undefined) return perform(request, agent, lost, ports);
  const late = Promise.withResolvers<never>();
  const giveUp = (): void => late.reject(outOfTime());
  deadline.addEventListener('abort', giveUp, { once: true });
  try {
    if (deadline.aborted) throw outOfTime();
    const performing = perform(request, agent, AbortSignal.any([lost, deadline]), ports);
    return await Promise.race([performing, late.promise]);
  } catch (error) {
    throw deadline.aborted ? outOfTime() : error;
  } finally {
    deadline.removeEventListener('abort', giveUp);
  }
}

async function perform(
  request: OpenedRequest,
  agent: Agent,
  signal: AbortSignal,
  ports: WorkerPorts,
): Promise<TaskResult> {
  const { task, context } = request.message.content;
  const workList = await readJson<WorkList>(ports.blobsOf(request.session), task.input);
  return agent.perform(
    { type: task.type, service: task.service, region: task.region, context, workList, signal },
    ports.desk,
  );
}
