import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installation, type Installation } from '../walk/installation.ts';
import { type Child, start, type Start } from './child.ts';
import type { CrashPoint } from './operations.ts';
import type { Outcome, Problem } from './scenario.ts';

/** What processes of a scene wrote down, in the order in which they wrote it. */
export interface Noted {
  readonly pid: number;
  readonly at_ms: number;
  readonly operation?: string;
  readonly crash?: CrashPoint;
  readonly pk?: string;
  readonly sk?: string;
  readonly state?: string;
  readonly fence?: number;
  readonly attempt?: number;
}

/** Where a process is to die: at the n-th time it comes to a point. */
export interface Target {
  readonly point: CrashPoint;
  readonly nth: number;
}

/** How a process of a scene is started; the scene knows the rest. */
export type How = Pick<Start, 'crashAt' | 'environment'>;

/** What happens to a process that is to die before it does; `stopOn`: it is asked to stop once it says this. */
export type Dying = Pick<How, 'environment'> & { readonly stopOn?: string | undefined };

/** An installation under fire, and what was done to it so far. */
export interface Scene {
  readonly at: Installation;
  readonly start: (args: readonly string[], how?: How) => Child;
  /** A process that kills itself at a point; resolves when it is over. */
  readonly die: (args: readonly string[], target: Target & Dying) => Promise<Death>;
  /** Kills a process now, wherever it is. */
  readonly kill: (child: Child) => Promise<void>;
  /** The same for one that is no longer needed; it is not counted. */
  readonly dismiss: (child: Child) => Promise<void>;
  readonly noted: () => Noted[];
  /** Every kill -9 so far, at a named point or not. */
  readonly kills: () => number;
  /** Who holds the embedded AWS. */
  readonly ownerPid: () => number;
  /** What came of it so far. */
  readonly outcome: (problems: readonly Problem[], missed?: readonly string[]) => Outcome;
  readonly remove: () => void;
}

/** How a process ended that was to die: `hit` is false when it ended before it came to the point. */
export interface Death {
  readonly hit: boolean;
  readonly status: number | string;
  readonly lines: readonly string[];
}

/** Opens a scene with a fresh data folder. */
export function openScene(environment: Readonly<Record<string, string>> = {}): Scene {
  const at = installation(environment);
  const history = join(dirname(at.home), 'history.jsonl');
  mkdirSync(at.home, { recursive: true });
  let kills = 0;
  const dismissed = new WeakSet<Child>();
  const watched = (child: Child): Child => {
    void child.ended.then((how) => (kills += how === 'SIGKILL' && !dismissed.has(child) ? 1 : 0));
    return child;
  };
  const noted = (): Noted[] => (existsSync(history) ? entriesOf(readFileSync(history, 'utf8')) : []);
  const scene: Scene = {
    at,
    start: (args, how = {}) =>
      watched(start({ home: at.home, args, history, ...how, environment: { ...environment, ...how.environment } })),
    async die(args, { point, nth, environment: more, stopOn }) {
      const child = scene.start(args, { crashAt: { point, nth }, environment: more });
      if (stopOn !== undefined) {
        await child.says(stopOn);
        child.signal('SIGTERM');
      }
      const status = await child.ended;
      return { hit: status === 'SIGKILL', status, lines: child.lines };
    },
    kill: async (child) => void (await child.kill()),
    async dismiss(child) {
      dismissed.add(child);
      await child.kill();
    },
    noted,
    ownerPid: () => Number(/"pid":(\d+)/.exec(readFileSync(join(at.home, 'embedded.json'), 'utf8'))?.[1]),
    kills: () => kills,
    outcome: (problems, missed = []) => {
      const hits = noted().flatMap(({ crash }) => crash ?? []);
      return { kills, hits, problems, missed };
    },
    remove: at.remove,
  };
  return scene;
}

function entriesOf(text: string): Noted[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Noted => JSON.parse(line));
}

/** The arguments of an analysis of the scene's estate that writes its report to `out`. */
export function analysisArgs({ at }: Scene, out: string, ...more: readonly string[]): string[] {
  const inputs = ['--estate', at.estate, '--bill', at.bill, '--as-of', at.asOf];
  return ['analyze', ...inputs, '--format', 'json', '--allow-gaps', '--out', at.out(out), ...more];
}

/** The arguments that finish a session and write its report to `out`. */
export function resumeArgs({ at }: Scene, session: string, out: string): string[] {
  return ['sessions', 'resume', session, '--format', 'json', '--out', at.out(out)];
}
