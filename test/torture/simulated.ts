import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { runScript } from './own-process.ts';

/** What the simulator came to. */
export interface Simulated {
  readonly seeds: number;
  readonly tasks: number;
  readonly crashes: number;
  readonly forged: number;
  /** Seeds that were run twice. */
  readonly twice: number;
  /** Seeds that broke a promise, and how to run each again. */
  readonly failing: readonly { readonly seed: number; readonly why: string }[];
  /** All seeds that were asked for were run. */
  readonly isWhole: boolean;
}

const SCRIPT = resolve(import.meta.dirname, '../simulation/main.ts');

/** Runs seeds of the simulator from `first` on in one process a core, and then some of them twice; ends early when time is over. */
export async function runSimulator(
  {
    first,
    seeds,
    twice,
    seconds,
  }: { readonly first: number; readonly seeds: number; readonly twice: number; readonly seconds: number | undefined },
  stop: AbortSignal,
): Promise<Simulated> {
  const once = await shares(
    [first, seeds],
    seconds === undefined ? [] : ['--seconds', String(Math.ceil(seconds * 0.8))],
    stop,
  );
  const more = seconds === undefined ? [] : ['--seconds', String(Math.ceil(seconds * 0.2))];
  const again = await shares([first, twice], ['--twice', ...more], stop);
  return {
    seeds: sum(once, ({ seeds: n }) => n),
    tasks: sum(once, ({ tasks }) => tasks),
    crashes: sum(once, ({ crashes }) => total(crashes)),
    forged: sum(once, ({ forged }) => total(forged)),
    twice: sum(again, ({ seeds: n }) => n),
    failing: [...once, ...again]
      .flatMap(({ failing }) => failing)
      .map(({ seed, violations }) => ({ seed, why: whyOf(violations) })),
    isWhole: sum(once, ({ seeds: n }) => n) >= seeds && sum(again, ({ seeds: n }) => n) >= twice,
  };
}

/** What a process that ran seeds prints. */
interface Share {
  readonly seeds: number;
  readonly tasks: number;
  readonly crashes: Readonly<Record<string, number>>;
  readonly forged: Readonly<Record<string, number>>;
  readonly failing: readonly {
    readonly seed: number;
    readonly violations: readonly { readonly invariant: string; readonly message: string }[];
  }[];
}

async function shares(
  [first, seeds]: readonly [number, number],
  more: readonly string[],
  stop: AbortSignal,
): Promise<Share[]> {
  const workers = Math.min(availableParallelism(), seeds);
  const each = Math.ceil(seeds / Math.max(1, workers));
  const ran = Array.from({ length: workers }, async (_, n): Promise<Share> => {
    const from = first + n * each;
    const to = Math.min(first + seeds, from + each) - 1;
    const { status, out } = await runScript(SCRIPT, ['--seeds', `${from}-${to}`, '--json', ...more], stop);
    if (out.startsWith('{')) return JSON.parse(out);
    const violations = [
      { invariant: 'SIMULATOR', message: `seeds ${from}-${to}: it ended with ${status} and said nothing` },
    ];
    return { seeds: 0, tasks: 0, crashes: {}, forged: {}, failing: stop.aborted ? [] : [{ seed: from, violations }] };
  });
  return Promise.all(ran);
}

const sum = (all: readonly Share[], of: (share: Share) => number): number => all.reduce((n, share) => n + of(share), 0);

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const whyOf = (violations: Share['failing'][number]['violations']): string =>
  violations.map(({ invariant, message }) => `${invariant}: ${message}`).join('; ') ||
  'the second run of the seed was another one';
