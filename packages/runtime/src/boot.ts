import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The name of this run of this process: pid, start time and randomness. It lets another process on the same machine see at
 * once that an owner is dead, without waiting for its lease.
 */
export const thisBootId = `b-${process.pid}-${startOf(process.pid) ?? '0'}-${randomBytes(6).toString('hex')}`;

/** Whether the process behind a boot id of this machine still runs; a reused pid does not count as alive. */
export function isBootAlive(bootId: string): boolean | undefined {
  const match = /^b-([0-9]+)-([0-9]+)-[0-9a-f]+$/.exec(bootId);
  if (match === null) return undefined;
  const pid = Number(match[1]);
  if (!isRunning(pid)) return false;
  const start = startOf(pid);
  return start === undefined || match[2] === '0' || start === match[2];
}

/** Whether a pid belongs to a live process. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
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
