import { resolve } from 'node:path';
import { type Fleet, openFleet, type Running } from '../../walk/fleet.ts';
import { hundredTasks } from './estate.ts';

/** Which process is killed when 45 of the 100 tasks are done; nobody for an undisturbed run. */
export type Victim = 'nobody' | 'worker' | 'only worker' | 'coordinator' | 'store owner';

/** How one session went. */
export interface FleetRun {
  /** From the plan of the collection to the end of the session. */
  readonly wallMs: number;
  /** Tasks that were leased again after they were done. */
  readonly runAgain: number;
  /** Leases, beyond one a task. */
  readonly extraLeases: number;
  readonly report: string;
}

const SLOW = `--import=${resolve(import.meta.dirname, 'slow-collector.ts')}`;
const KILL_AFTER = 45;

/**
 * Runs one session of 100 tasks of 50 ms in real processes: one that owns the store and has no part in the session, two coordinators, and two
 * collectors with eight places each (one, when it is the only one). Whoever is killed is started again at once, as a supervisor does.
 */
export async function fleetRun(victim: Victim, environment: Readonly<Record<string, string>> = {}): Promise<FleetRun> {
  const place = hundredTasks();
  const heard = listener();
  const fleet = openFleet(place, { NODE_OPTIONS: SLOW, ...environment }, (line, pid) => heard.hear(line, pid));
  try {
    const processes = await startAll(fleet, victim === 'only worker' ? 1 : 2);
    heard.onDone(KILL_AFTER, (coordinatorPid) => {
      const killed = choose(processes, victim, coordinatorPid);
      if (killed === undefined) return;
      void killed.process.kill('SIGKILL');
      fleet.start(...killed.command);
    });
    const report = await fleet.analyze('out');
    return { ...heard.result(), report };
  } finally {
    await fleet.end();
    place.remove();
  }
}

interface Started {
  readonly command: readonly string[];
  readonly process: Running;
}

interface Processes {
  readonly owner: Started;
  readonly coordinators: readonly Started[];
  readonly workers: readonly Started[];
}

async function startAll(fleet: Fleet, workers: number): Promise<Processes> {
  const start = (...command: string[]): Started => ({ command, process: fleet.start(...command) });
  const owner = start('worker', '--role', 'budget');
  await owner.process.says('is ready');
  const coordinators = [start('coordinator'), start('coordinator')];
  const collectors = Array.from({ length: workers }, () => start('worker', '--role', 'collector'));
  await Promise.all([...coordinators, ...collectors].map(async ({ process }) => process.says('is ready')));
  return { owner, coordinators, workers: collectors };
}

function choose(all: Processes, victim: Victim, coordinatorPid: number): Started | undefined {
  if (victim === 'nobody') return undefined;
  if (victim === 'store owner') return all.owner;
  if (victim === 'coordinator') return all.coordinators.find(({ process }) => process.pid === coordinatorPid);
  return all.workers[0];
}

/** Reads what the processes say of their tasks. */
function listener() {
  const done = new Set<string>();
  let [leases, runAgain, plannedAt, endedAt, coordinatorPid] = [0, 0, 0, 0, 0];
  let atCount = { count: Number.POSITIVE_INFINITY, act: (_pid: number): void => undefined };
  return {
    hear(line: string, pid: number): void {
      const event = eventIn(line);
      if (event?.type === 'plan-made' && plannedAt === 0) [plannedAt, coordinatorPid] = [performance.now(), pid];
      if (event?.type === 'session-ended') endedAt = performance.now();
      if (event?.type === 'task-leased') {
        leases += 1;
        if (done.has(event.task_id)) runAgain += 1;
      }
      if (event?.type !== 'task-settled') return;
      done.add(event.task_id);
      if (done.size < atCount.count) return;
      atCount.count = Number.POSITIVE_INFINITY;
      atCount.act(coordinatorPid);
    },
    onDone(count: number, act: (coordinatorPid: number) => void): void {
      atCount = { count, act };
    },
    result: () => ({ wallMs: endedAt - plannedAt, runAgain, extraLeases: leases - done.size }),
  };
}

/** A line of the log that tells of an event. */
function eventIn(line: string): { readonly type: string; readonly task_id: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  const read: unknown = JSON.parse(line);
  const { event_type: type, task_id = '' } = Object(read);
  return typeof type === 'string' ? { type, task_id: String(task_id) } : undefined;
}
