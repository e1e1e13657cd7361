import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, isInfraFabricError } from '@infrafabric/protocol';
import { Cron } from 'croner';
import { z } from 'zod';
import { RuntimeError } from '../errors.ts';
import { readIfThere } from '../private-file.ts';
import type { HostedAnalysis, StartHosted } from './start-session.ts';

const Uploaded = z.strictObject({ sha256: z.string(), name: z.string() });
const Input = z.union([Uploaded, z.strictObject({ object: z.string() })]);

/** What a schedule starts: an analysis without a date of its own, as the file of schedules keeps it. */
const Asked = z.strictObject({
  demo: z.boolean().optional(),
  estate: Input.optional(),
  bills: z.array(Input).readonly().optional(),
  live: z.strictObject({ regions: z.array(z.string()).readonly().optional(), days: z.int().optional() }).optional(),
  question: z.string().optional(),
  budgetUsd: z.string().optional(),
  agents: z.array(z.string()).readonly().optional(),
}) satisfies z.ZodType<HostedAnalysis>;

/** How the last due time went: the session it started, or the code of what kept it from starting one. */
const LastRun = z.strictObject({
  due: z.iso.datetime(),
  session_id: z.string().nullable(),
  code: z.string().nullable(),
});

const Kept = z.strictObject({ name: z.string(), cron: z.string(), asked: Asked, last_run: LastRun.nullable() });
type Kept = z.infer<typeof Kept>;

const ScheduleFile = z.strictObject({ schedules: z.array(Kept) });

/** An analysis that is started again and again while a host is open. */
export interface Schedule extends Kept {
  /** The next due time, ISO 8601 Z; null when there is none. */
  readonly next_run: string | null;
}

/** The schedules of a data folder, by name. */
export interface Schedules {
  readonly list: () => Schedule[];
  /**
   * Makes or replaces a schedule; `fresh` is false when it replaced one. Its history starts again.
   *
   * `cron`: five fields (minute, hour, day, month, weekday), UTC.
   * @throws RuntimeError `SCHEDULE_INVALID`, `SCHEDULE_LIMIT`.
   */
  readonly put: (name: string, schedule: Pick<Kept, 'cron' | 'asked'>) => { readonly fresh: boolean };
  /** Whether there was one. */
  readonly remove: (name: string) => boolean;
}

/** What schedules need besides their file. */
export interface SchedulePorts {
  readonly clock: Clock;
  readonly start: StartHosted;
  /** Whether a session is over; true for one that is not there. */
  readonly isOver: (id: string) => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Schedules one data folder keeps. */
const MAX_SCHEDULES = 100;

/** How often the clock is looked at. */
const LOOK_MS = 1_000;

/**
 * Opens the schedules and starts what is due, until `signal` aborts; `ended` resolves then.
 *
 * A due time while no host was open is not made up for; one whose last session is not over is skipped. The due time is the
 * idempotency key, so several hosts of one installation start one session.
 * @throws RuntimeError `SCHEDULES_UNREADABLE`.
 */
export function openSchedules(folder: string, ports: SchedulePorts): Schedules & { readonly ended: Promise<void> } {
  const file = join(folder, 'schedules.json');
  const read = (): Kept[] => keptIn(file);
  const write = (schedules: readonly Kept[]): void => {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ schedules }, undefined, 2), { mode: 0o600 });
    renameSync(draft, file);
  };
  const record = (name: string, last_run: Kept['last_run']): void =>
    write(read().map((one) => (one.name === name ? { ...one, last_run } : one)));
  read();
  return {
    list: () =>
      read()
        .map((one) => ({ ...one, next_run: dueAfter(one.cron, ports.clock.nowMs())?.toISOString() ?? null }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    put(name, { cron, asked }) {
      refuseBadCron(cron, 'cron');
      const others = read().filter((one) => one.name !== name);
      if (others.length >= MAX_SCHEDULES) throw tooMany();
      const fresh = others.length === read().length;
      write([...others, { name, cron, asked, last_run: null }]);
      return { fresh };
    },
    remove(name) {
      const [before, after] = [read(), read().filter((one) => one.name !== name)];
      if (after.length < before.length) write(after);
      return after.length < before.length;
    },
    ended: runDue(read, record, ports),
  };
}

function keptIn(file: string): Kept[] {
  try {
    return ScheduleFile.parse(JSON.parse(readIfThere(file) ?? '{"schedules":[]}')).schedules;
  } catch (cause) {
    throw new RuntimeError('SCHEDULES_UNREADABLE', {
      message: 'the file of schedules is damaged',
      where: file,
      fix: 'remove it and make the schedules again',
      cause,
    });
  }
}

async function runDue(
  read: () => Kept[],
  record: (name: string, last: Kept['last_run']) => void,
  ports: SchedulePorts,
) {
  const { clock, signal } = ports;
  let seenMs = clock.nowMs();
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal);
    const nowMs = clock.nowMs();
    for (const one of read()) {
      const due = dueAfter(one.cron, seenMs);
      if (signal.aborted || due === null || due.getTime() > nowMs) continue;
      const last = await startDue(one, due.toISOString(), ports);
      record(one.name, last);
    }
    seenMs = nowMs;
  }
}

async function startDue(
  one: Kept,
  due: string,
  { start, isOver, log }: SchedulePorts,
): Promise<NonNullable<Kept['last_run']>> {
  const before = one.last_run?.session_id ?? null;
  if (before !== null && !(await isOver(before))) return { due, session_id: before, code: 'SCHEDULE_OVERLAP' };
  try {
    const { session_id } = await start(one.asked, `schedule ${one.name} ${due}`);
    return { due, session_id, code: null };
  } catch (error) {
    log(`schedule ${one.name}: ${String(error)}`);
    return { due, session_id: null, code: isInfraFabricError(error) ? error.code : 'UNEXPECTED' };
  }
}

/** The first due time after an instant. */
function dueAfter(cron: string, afterMs: number): Date | null {
  return new Cron(cron, { timezone: 'UTC', paused: true, mode: '5-part' }).nextRun(new Date(afterMs));
}

/** Refuses what is no pattern, or one that never comes true; `where` is who said it. @throws RuntimeError `SCHEDULE_INVALID`. */
export function refuseBadCron(cron: string, where: string): void {
  let cause: unknown;
  try {
    if (/^(\S+ +){4}\S+$/.test(cron) && dueAfter(cron, 0) !== null) return;
  } catch (error) {
    cause = error;
  }
  throw new RuntimeError('SCHEDULE_INVALID', {
    message: `expected five fields of cron that come true, got ${JSON.stringify(cron.slice(0, 60))}`,
    where,
    fix: 'minute, hour, day of the month, month, day of the week, in UTC: 0 2 * * *',
    cause,
  });
}

function tooMany(): RuntimeError {
  return new RuntimeError('SCHEDULE_LIMIT', {
    message: `expected at most ${MAX_SCHEDULES} schedules`,
    fix: 'remove one with DELETE /v1/schedules/{name}',
  });
}
