import { isTerminal, type SessionRecord, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { end, MAX_ATTEMPTS, observe, seenOf } from '../task-machine.ts';
import { dispatchAgain } from './dispatch.ts';

/** When each role last made progress, in ticks of this session; lives with the coordinator and may be forgotten. */
export type RoleProgress = Map<string, { readonly tick: number; readonly seen: string }>;

/**
 * Looks once at every live task and moves those that are stuck: a lease whose owner is dead or silent is revoked, a task
 * nobody picked up while its role stands idle is sent again, a task out of attempts or time ends with its reason.
 *
 * Staleness is counted in stored ticks, so neither clock skew nor a coordinator restart changes the answer.
 */
export async function watchTasks(
  session: SessionRecord,
  specs: ReadonlyMap<string, TaskSpec>,
  statuses: readonly TaskStatus[],
  progress: RoleProgress,
  ports: CoordinatorPorts,
): Promise<void> {
  noteProgress(session, statuses, progress);
  for (const status of statuses) {
    const spec = specs.get(status.task_id);
    if (spec !== undefined && !isTerminal(status.state)) await watchTask(session, spec, status, progress, ports);
  }
}

async function watchTask(
  session: SessionRecord,
  spec: TaskSpec,
  status: TaskStatus,
  progress: RoleProgress,
  ports: CoordinatorPorts,
): Promise<void> {
  const ending = reasonToEnd(session, status, ports);
  if (ending !== undefined) {
    await ports.state.changeTask(
      session.session_id,
      status.task_id,
      end(status, 'FAILED', ending.code, ending.message),
    );
    return;
  }
  if (await isStuck(session, status, progress, ports)) await dispatchAgain(session, spec, status, ports);
}

function reasonToEnd(
  session: SessionRecord,
  status: TaskStatus,
  ports: CoordinatorPorts,
): { code: string; message: string } | undefined {
  if (ports.clock.nowMs() > session.deadline_ms)
    return { code: 'DEADLINE', message: 'the session reached its deadline before this task ended' };
  if (status.state === 'DISPATCHED' && status.attempt >= MAX_ATTEMPTS) {
    return { code: 'ATTEMPTS', message: `given up after ${MAX_ATTEMPTS} attempts` };
  }
  return undefined;
}

async function isStuck(
  session: SessionRecord,
  status: TaskStatus,
  progress: RoleProgress,
  ports: CoordinatorPorts,
): Promise<boolean> {
  if (status.state === 'DISPATCHED')
    return session.tick - (progress.get(status.role)?.tick ?? session.tick) >= ports.pace.idleTicks;
  if (status.boot_id !== undefined && ports.isBootAlive(status.boot_id) === false) return true;
  const seen = seenOf(status);
  if (status.obs?.seen === seen) return session.tick - status.obs.tick >= ports.pace.leaseTicks;
  await ports.state.changeTask(session.session_id, status.task_id, observe(status, { tick: session.tick, seen }));
  return false;
}

function noteProgress(session: SessionRecord, statuses: readonly TaskStatus[], progress: RoleProgress): void {
  for (const [role, members] of Map.groupBy(statuses, (status) => status.role)) {
    const seen = members.map(seenOf).join();
    if (progress.get(role)?.seen !== seen) progress.set(role, { tick: session.tick, seen });
  }
}
