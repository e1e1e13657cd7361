import { isTerminal, type SessionRecord, type TaskId, type TaskSpec, type TaskStatus } from '@infrafabric/protocol';
import type { CoordinatorPorts } from '../ports.ts';
import { tellSettled } from '../settled.ts';
import { end, MAX_ATTEMPTS, observe, seenOf, stamped } from '../task-machine.ts';
import { keepLastOrder } from './dead-letters.ts';
import { DEADLINE, dispatchAgain, isLate, type Stuck } from './dispatch.ts';
import type { Run } from './phase.ts';

/** Watches over the tasks of one phase. */
export interface Watch {
  /**
   * Looks once at every live task (of those that are over, nothing is needed) and moves those that are stuck: a lease whose owner is dead or silent is revoked, a task
   * nobody picked up while its role stands idle, or that a dead worker may have had in hand, is sent again, and a task out of attempts or time ends with
   * its reason.
   *
   * Staleness is counted in stored ticks, so neither clock skew nor a coordinator restart changes the answer.
   */
  readonly look: (session: SessionRecord, statuses: readonly TaskStatus[]) => Promise<void>;
}

/** When each role last made progress, in ticks of this session; lives with the coordinator and may be forgotten. */
export type RoleProgress = Map<string, { readonly tick: number; readonly seen: string }>;

/** The wait before a task is sent again doubles with each time, up to 32 times `idleTicks`: nobody may be there for long. */
const MAX_DOUBLINGS = 5;

/** Opens the watch over a phase; `progress` is what an earlier watch over the session saw. */
export function openWatch(specs: ReadonlyMap<TaskId, TaskSpec>, run: Run, progress: RoleProgress = new Map()): Watch {
  return {
    async look(session, statuses) {
      noteProgress(session, statuses, progress);
      const live = statuses.filter(({ state }) => !isTerminal(state));
      const bereft = bereftOf(live, specs, run.ports);
      const looked = await Promise.all(
        live.map(async (status) => {
          const idleTicks = session.tick - (progress.get(status.role)?.tick ?? session.tick);
          const waited = bereft.has(status.task_id) ? Number.POSITIVE_INFINITY : idleTicks;
          const reason = await watchTask(session, status, waited, run.ports);
          const spec = specs.get(status.task_id);
          return spec === undefined || reason === undefined ? undefined : { spec, status, reason };
        }),
      );
      await dispatchAgain(
        session,
        looked.filter((one): one is Stuck => one !== undefined),
        run,
      );
    },
  };
}

/** A dead worker may have had this many messages in hand besides its leases, of the oldest that wait: twice what one holds at a time. */
const IN_HAND = 16;

/** The waiting tasks whose messages may have gone with a dead worker: the first in the plan of each role that lost one. */
function bereftOf(
  live: readonly TaskStatus[],
  specs: ReadonlyMap<TaskId, TaskSpec>,
  ports: CoordinatorPorts,
): ReadonlySet<TaskId> {
  const roles = new Set(live.filter((status) => isOrphan(status, ports)).map(({ role }) => role));
  if (roles.size === 0) return new Set();
  const waiting = new Set(live.filter(({ state }) => state === 'DISPATCHED').map(({ task_id }) => task_id));
  return new Set(
    [...roles].flatMap((role) =>
      [...specs.values()]
        .filter((spec) => spec.role === role && waiting.has(spec.task_id))
        .slice(0, IN_HAND)
        .map(({ task_id }) => task_id),
    ),
  );
}

/** Whether the process that holds a task is known to be dead. */
function isOrphan({ state, boot_id }: TaskStatus, { isBootAlive }: CoordinatorPorts): boolean {
  return state === 'LEASED' && boot_id !== undefined && isBootAlive(boot_id) === false;
}

/** Why a task must be sent again, if it must; ends it when it may not. */
async function watchTask(
  session: SessionRecord,
  status: TaskStatus,
  idleTicks: number,
  ports: CoordinatorPorts,
): Promise<string | undefined> {
  if (isLate(session, ports)) {
    await fail(session, status, DEADLINE, ports);
    return undefined;
  }
  const stuck = await whyStuck(session, status, idleTicks, ports);
  const isSpent = status.attempt >= MAX_ATTEMPTS && (stuck !== undefined || status.state === 'DISPATCHED');
  if (!isSpent) return stuck;
  await keepLastOrder(session, status, ports);
  const last = status.code === undefined ? '' : `, the last: ${status.code}`;
  await fail(session, status, { code: 'ATTEMPTS', message: `given up after ${MAX_ATTEMPTS} attempts${last}` }, ports);
  return undefined;
}

async function fail(
  session: SessionRecord,
  status: TaskStatus,
  { code, message }: { readonly code: string; readonly message: string },
  ports: CoordinatorPorts,
): Promise<void> {
  const change = stamped(end(status, 'FAILED', code, message), { ended_at_ms: ports.clock.nowMs() });
  const ended = await ports.state.changeTask(session.session_id, status.task_id, change);
  if (ended !== undefined) tellSettled(ports, { ...ended, state: 'FAILED' });
}

async function whyStuck(
  session: SessionRecord,
  status: TaskStatus,
  idleTicks: number,
  ports: CoordinatorPorts,
): Promise<string | undefined> {
  const { state, pace } = ports;
  if (status.state === 'DISPATCHED') {
    const patience = pace.idleTicks * 2 ** Math.min(status.dispatch - 1, MAX_DOUBLINGS);
    return idleTicks >= patience ? 'nobody took it' : undefined;
  }
  if (isOrphan(status, ports)) return 'its worker is gone';
  const seen = seenOf(status);
  if (status.obs?.seen === seen)
    return session.tick - status.obs.tick >= pace.leaseTicks ? 'its lease was silent' : undefined;
  await state.changeTask(session.session_id, status.task_id, observe(status, { tick: session.tick, seen }));
  return undefined;
}

function noteProgress(session: SessionRecord, statuses: readonly TaskStatus[], progress: RoleProgress): void {
  for (const [role, members] of Map.groupBy(statuses, (status) => status.role)) {
    const seen = members.map(seenOf).join();
    if (progress.get(role)?.seen !== seen) progress.set(role, { tick: session.tick, seen });
  }
}
