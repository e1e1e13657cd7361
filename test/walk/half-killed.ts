import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-run.ts';
import { type Fleet, openFleet, type Running } from './fleet.ts';
import { eventually, type Installation, installation } from './installation.ts';

/** A session as `sessions show --json` prints it. */
export interface Shown {
  readonly session: { readonly state: string; readonly abandoned: boolean; readonly holder: string | null };
  readonly tasks: readonly {
    readonly task_id: string;
    readonly role: string;
    readonly state: string;
    readonly code?: string;
    readonly attempt: number;
    readonly fence: number;
  }[];
}

/** A session of two roles that is half done: everything is but what pricing does, for which there is no worker. */
export interface HalfDone {
  readonly at: Installation;
  readonly fleet: Fleet;
  readonly id: string;
  readonly coordinator: Running;
  readonly analysis: Running;
  /** Kills every process of it with SIGKILL. */
  readonly kill: () => Promise<void>;
  /** Runs a command of the same installation to its end. */
  readonly run: (...args: string[]) => ReturnType<typeof runCommand>;
  readonly show: () => Promise<Shown>;
  /** The report that a command wrote to `--out`. */
  readonly reportIn: (name: string) => string;
  readonly end: () => Promise<void>;
}

/** The role that has no worker. */
export const MISSING = 'pricing';

/** Brings a session half-way: a collector that owns the store, a coordinator, and a command that waits for the end. */
export async function halfDone(environment: Readonly<Record<string, string>> = {}): Promise<HalfDone> {
  const at = installation();
  const fleet = openFleet(at, environment);
  const collector = fleet.start('worker', '--role', 'collector');
  await collector.says('is ready');
  const coordinator = fleet.start('coordinator');
  const analysis = fleet.start('analyze', ...asked(at), '--external', '--out', at.out('analysis'));
  const planned = await coordinator.says('"phase":"analysis"');
  const id = /s-[0-9a-f-]{36}/.exec(planned)?.[0] ?? '';
  const run: HalfDone['run'] = async (...args) => runCommand(at, args, environment);
  const show = async (): Promise<Shown> => JSON.parse((await run('sessions', 'show', id, '--json')).out) as Shown;
  await eventually(async () => ((await show()).tasks.every(isHalfWay) ? true : undefined));
  return {
    at,
    fleet,
    id,
    coordinator,
    analysis,
    kill: async () =>
      void (await Promise.all([coordinator, analysis, collector].map(async (one) => one.kill('SIGKILL')))),
    run,
    show,
    reportIn: (name) => readFileSync(join(at.out(name), 'report.json'), 'utf8'),
    end: async () => {
      await fleet.end();
      at.remove();
    },
  };
}

/** The analysis, as the command line asks for it. */
export const asked = (at: Installation): string[] => [
  '--estate',
  at.estate,
  '--bill',
  at.bill,
  '--as-of',
  at.asOf,
  '--agents',
  MISSING,
  '--format',
  'json',
  '--allow-gaps',
];

const isHalfWay = ({ role, state, task_id }: Shown['tasks'][number]): boolean =>
  state === 'DONE' || (role === MISSING && !task_id.startsWith('collector/'));

/** The tasks that are done, as they stand. */
export const doneIn = ({ tasks }: Shown): Shown['tasks'] => tasks.filter(({ state }) => state === 'DONE');
