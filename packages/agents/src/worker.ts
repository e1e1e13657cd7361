import type { TaskResult, WorkList } from '@infrafabric/finops';
import {
  canonicalBytes,
  digestOf,
  type EvidenceId,
  isInfraFabricError,
  isTerminal,
  type SessionId,
  type TaskRecord,
} from '@infrafabric/protocol';
import type { OpenedMessage, OpenedRequest } from '@infrafabric/bus';
import type { Agent } from './agent.ts';
import { AgentError } from './errors.ts';
import type { WorkerPorts } from './ports.ts';
import { complete, fail, handBack, heartbeat, INLINE_RESULT_BYTES, lease } from './task-machine.ts';

/** A worker process for one role. */
export interface Worker {
  readonly close: () => Promise<void>;
}

/** How many tasks one worker holds at a time: enough to hide the store's latency, few enough to spread over processes. */
const CONCURRENCY = 8;

/** Starts taking tasks of the agent's role: lease, perform, commit, tell. Every step is safe to repeat. */
export function openWorker(agent: Agent, ports: WorkerPorts): Worker {
  const stop = new AbortController();
  const consuming = ports.mailbox.consume((opened) => handle(opened, agent, ports), {
    signal: stop.signal,
    concurrency: CONCURRENCY,
  });
  return {
    async close() {
      stop.abort();
      await consuming;
    },
  };
}

async function handle(opened: OpenedMessage, agent: Agent, ports: WorkerPorts): Promise<void> {
  if (opened.message.performative !== 'request') return;
  const request = opened as OpenedRequest;
  const record = await leaseTask(request, ports);
  if (record === undefined) return;
  const { task } = request.message.content;
  if (!agent.types.includes(task.type)) {
    await failTask(
      request,
      record,
      new AgentError('TASK_UNSUPPORTED', { message: `expected one of ${agent.types.join(', ')}, got ${task.type}` }),
      ports,
    );
    return;
  }
  const beating = keepBeating(request, record, ports);
  try {
    await commit(request, record, await perform(request, agent, beating.signal, ports), ports);
  } catch (error) {
    await giveUp(request, record, error, ports);
  } finally {
    beating.stop();
  }
}

/** The lease, or `undefined` when the task is over or belongs to somebody else (the coordinator watches over it then). */
async function leaseTask(request: OpenedRequest, ports: WorkerPorts): Promise<TaskRecord | undefined> {
  const { task } = request.message;
  const leased = await ports.state.changeTask(
    request.session,
    task.task_id,
    lease(task.dispatch, ports.mailbox.identity, ports.bootId),
  );
  if (leased === undefined) return ownLease(request, ports);
  ports.observer.event({
    type: 'task-leased',
    session_id: request.session,
    at_ms: ports.clock.nowMs(),
    task_id: task.task_id,
    role: leased.role,
    attempt: leased.attempt,
  });
  return leased;
}

/** A lease that was granted while its answer got lost on the way is ours: recognise it instead of waiting it out. */
async function ownLease(request: OpenedRequest, ports: WorkerPorts): Promise<TaskRecord | undefined> {
  const { task } = request.message;
  const record = await ports.state.task(request.session, task.task_id);
  const ours =
    record?.state === 'LEASED' && record.dispatch === task.dispatch && record.owner === ports.mailbox.identity;
  return ours && !running.has(leaseName(request.session, record)) ? record : undefined;
}

const running = new Set<string>();
const leaseName = (session: SessionId, record: TaskRecord): string => `${session}/${record.task_id}/${record.fence}`;

function keepBeating(
  request: OpenedRequest,
  record: TaskRecord,
  ports: WorkerPorts,
): { signal: AbortSignal; stop: () => void } {
  const lost = new AbortController();
  const done = new AbortController();
  const name = leaseName(request.session, record);
  running.add(name);
  const beat = async (): Promise<void> => {
    while (!done.signal.aborted) {
      await ports.clock.sleep(ports.pace.heartbeatMs, done.signal);
      if (done.signal.aborted) return;
      const held = await ports.state
        .changeTask(request.session, record.task_id, heartbeat(record.fence))
        .catch(() => record);
      if (held === undefined) lost.abort();
      else await request.extend();
    }
  };
  const beating = beat();
  return {
    signal: lost.signal,
    stop: () => {
      running.delete(name);
      done.abort();
      void beating;
    },
  };
}

async function perform(
  request: OpenedRequest,
  agent: Agent,
  signal: AbortSignal,
  ports: WorkerPorts,
): Promise<TaskResult> {
  const { task, context } = request.message.content;
  const workList = await readWorkList(request.session, task.input, ports);
  return agent.perform(
    { type: task.type, service: task.service, region: task.region, context, workList, signal },
    ports.desk,
  );
}

async function readWorkList(session: SessionId, input: EvidenceId, ports: WorkerPorts): Promise<WorkList> {
  const bytes = await ports.blobsOf(session).get(input);
  return JSON.parse(new TextDecoder().decode(bytes)) as WorkList;
}

async function commit(
  request: OpenedRequest,
  record: TaskRecord,
  result: TaskResult,
  ports: WorkerPorts,
): Promise<void> {
  const bytes = canonicalBytes(result);
  const sha256 = digestOf(bytes);
  const inline = bytes.length <= INLINE_RESULT_BYTES;
  if (!inline) await ports.blobsOf(request.session).put(bytes);
  const wire = ports.mailbox.sealInform(request, { fence: record.fence, result: { sha256, size: bytes.length } });
  const change = complete(record.fence, {
    resultSha256: sha256,
    answerWire: wire,
    ...(inline ? { inlineResult: new TextDecoder().decode(bytes) } : {}),
  });
  const done = await ports.state.changeTask(request.session, record.task_id, change);
  if (done === undefined && !(await isCommitted(request, record, wire, ports))) return;
  await ports.mailbox.publish([{ wire, role: 'coordinator', session: request.session }]);
}

/** Whether a commit whose answer got lost was ours after all. */
async function isCommitted(
  request: OpenedRequest,
  record: TaskRecord,
  wire: string,
  ports: WorkerPorts,
): Promise<boolean> {
  return (await ports.state.task(request.session, record.task_id))?.answer_wire === wire;
}

/** A later success is left to the same request; anything else ends the task with its reason. */
async function giveUp(request: OpenedRequest, record: TaskRecord, error: unknown, ports: WorkerPorts): Promise<void> {
  if (isInfraFabricError(error) && error.retry === 'later') {
    await ports.state.changeTask(request.session, record.task_id, handBack(record.fence));
    throw error;
  }
  await failTask(request, record, error, ports);
}

async function failTask(request: OpenedRequest, record: TaskRecord, error: unknown, ports: WorkerPorts): Promise<void> {
  const { code, message } = reasonOf(error);
  const wire = ports.mailbox.sealFailure(request, { fence: record.fence, code, message });
  const failed = await ports.state.changeTask(request.session, record.task_id, fail(record.fence, code, message, wire));
  if (failed !== undefined && isTerminal(failed.state)) {
    await ports.mailbox.publish([{ wire, role: 'coordinator', session: request.session }]);
  }
}

function reasonOf(error: unknown): { code: string; message: string } {
  if (isInfraFabricError(error))
    return {
      code: error.code,
      message: error.where === undefined ? error.message : `${error.message} (${error.where})`,
    };
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error ? error.message.slice(0, 500) : 'something that is not an error was thrown',
  };
}
