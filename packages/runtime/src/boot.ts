import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * The name of this run of this process: machine, pid, start time and randomness. It lets another process on the same machine
 * see at once that an owner is dead, without waiting for its lease.
 */
export const thisBootId = `b-${machine()}-${process.pid}-${startOf(process.pid) ?? '0'}-${randomBytes(6).toString('hex')}`;

/**
 * Whether the process behind a boot id still runs; `undefined` when it is of another machine, where nobody here can know.
 *
 * A pid that was used again does not count as alive.
 */
export function isBootAlive(bootId: string): boolean | undefined {
  const match = /^b-([0-9a-f]+)-([0-9]+)-([0-9]+)-[0-9a-f]+$/.exec(bootId);
  if (match === null || match[1] !== machine()) return undefined;
  const pid = Number(match[2]);
  if (!isRunning(pid)) return false;
  const start = startOf(pid);
  return start === undefined || match[3] === '0' || start === match[3];
}

/** Whether a pid belongs to a live process. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Where pids mean what they mean here: the host name and, in a container, its pid namespace (pid_namespaces(7)). */
function machine(): string {
  return createHash('sha256').update(`${hostname()}\n${pidNamespace()}`).digest('hex').slice(0, 8);
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return ''; // no /proc: not Linux, no pid namespaces
  }
}

/** Start time in clock ticks since boot: field 22 of /proc/<pid>/stat (proc(5)); `undefined` where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
