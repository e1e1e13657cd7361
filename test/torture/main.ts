import { parseArgs } from 'node:util';
import { replayMutants, type Mutated } from './mutated.ts';
import { type Fired, runFire } from '../fire/run.ts';
import { FULL, SAMPLE } from '../fire/schedule.ts';
import { specOf } from '../fire/specs.ts';
import { runSimulator, type Simulated } from './simulated.ts';
import { printSummary, type Tortured } from './summary.ts';
import { writeFigures } from './write.ts';

/**
 * `pnpm torture`: everything that could lose a session or run a task twice. The simulator, the mutants that show that it looks, and
 * real processes under fire. Exit 1: a promise was broken; 2: it was asked for what there is not; 130: stopped by Ctrl-C.
 */
const HELP = `usage: pnpm torture [options]

  --seed N        which faults, kills and scenarios there are (default 1); the same seed makes the same choices
  --seeds N       seeds of the simulator (default 10000), from --seed on; a fiftieth of them runs twice
  --minutes M     end after about this long; a part that was cut says so
  --sample        what CI runs: --minutes 8 and one scenario of each kind
  --only PARTS    some of sim,mutants,fire
  --replay SPEC   one scenario of real processes again, such as loss:nothing@7
  --jobs N        scenarios side by side (default 2)
  --write         write the figures of a full run into README.md and docs/torture.md
  --help
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '10000' },
    minutes: { type: 'string' },
    sample: { type: 'boolean', default: false },
    only: { type: 'string', default: 'sim,mutants,fire' },
    replay: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function torture(): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (!stop.signal.aborted) console.error('stopping: what was started is killed');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const startMs = Date.now();
  const done = await parts(startMs, stop.signal);
  const tortured: Tortured = { seed: whole('seed'), minutes: (Date.now() - startMs) / 60_000, ...done };
  const isSound = printSummary(tortured);
  if (values.write) {
    if (!isFull(tortured)) console.error('not written: only a full run is, with what it broke');
    else writeFigures(tortured);
  }
  return stop.signal.aborted ? 130 : isSound ? 0 : 1;
}

type Parts = Pick<Tortured, 'simulated' | 'mutated' | 'fired'>;

async function parts(startMs: number, stop: AbortSignal): Promise<Parts> {
  const wanted = new Set(values.replay === undefined ? values.only.split(',') : ['fire']);
  const unknown = [...wanted].filter((part) => !['sim', 'mutants', 'fire'].includes(part));
  if (unknown.length > 0)
    throw new TypeError(`expected --only with some of sim,mutants,fire, got ${unknown.join(',')}`);
  const minutes = values.minutes === undefined ? (values.sample ? 8 : undefined) : Number(values.minutes);
  const simulated = wanted.has('sim') ? await simulation(minutes, stop) : undefined;
  const mutated = wanted.has('mutants') && !stop.aborted ? await mutation(stop) : undefined;
  const fired = wanted.has('fire') && !stop.aborted ? await fire(startMs, minutes, stop) : undefined;
  return { simulated, mutated, fired };
}

/** How much of the time the simulator gets when there is a limit. */
const SIMULATED_PART = 0.6;

function simulation(minutes: number | undefined, stop: AbortSignal): Promise<Simulated> {
  const seeds = whole('seeds');
  console.error(`simulator: ${seeds} seeds from ${values.seed} on`);
  const seconds = minutes === undefined ? undefined : minutes * 60 * SIMULATED_PART;
  return runSimulator({ first: whole('seed'), seeds, twice: Math.ceil(seeds / 50), seconds }, stop);
}

function mutation(stop: AbortSignal): Promise<Mutated> {
  console.error('mutants: each recorded kill again');
  return replayMutants(whole('jobs'), stop);
}

/** Scenarios that began at the end of the time still take a while. */
const TAIL_MS = 40_000;

function fire(startMs: number, minutes: number | undefined, stop: AbortSignal): Promise<Fired> {
  console.error('real processes under fire');
  return runFire({
    seed: whole('seed'),
    extent: minutes === undefined ? FULL : SAMPLE,
    only: values.replay === undefined ? undefined : [specOf(values.replay)],
    untilMs: minutes === undefined ? Number.POSITIVE_INFINITY : startMs + minutes * 60_000 - TAIL_MS,
    jobs: whole('jobs'),
    stop,
    log: (line) => console.error(`  ${line}`),
  });
}

/** All three parts, none of them cut short. */
function isFull({ simulated, mutated, fired }: Tortured): boolean {
  return simulated?.isWhole === true && mutated?.isWhole === true && fired?.isWhole === true && !values.sample;
}

function whole(name: 'seed' | 'seeds' | 'jobs'): number {
  const text = values[name];
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new TypeError(`expected --${name} with a whole number from 1 on, got ${text}`);
}

if (values.help) process.stdout.write(HELP);
else process.exitCode = await torture();
