import type { Counts, SeedReport } from './seed-report.ts';

/** What many seeds came to. */
export interface Summary {
  readonly seeds: number;
  readonly seconds: number;
  readonly events: number;
  readonly tasks: number;
  readonly modelCalls: number;
  readonly sessions: Counts;
  readonly gaps: Counts;
  /** By crash point; one that was passed and never hit counts 0. */
  readonly crashes: Counts;
  readonly faults: Counts;
  readonly forged: Counts;
  readonly refusals: Counts;
  /** Seeds that broke a promise, in order. */
  readonly failing: readonly Pick<SeedReport, 'seed' | 'violations' | 'injected'>[];
}

/** Nothing yet. */
export const EMPTY: Summary = {
  seeds: 0,
  seconds: 0,
  events: 0,
  tasks: 0,
  modelCalls: 0,
  sessions: {},
  gaps: {},
  crashes: {},
  faults: {},
  forged: {},
  refusals: {},
  failing: [],
};

/** One more seed. */
export function addReport(sum: Summary, report: SeedReport): Summary {
  const { seed, violations, injected } = report;
  return {
    seeds: sum.seeds + 1,
    seconds: sum.seconds,
    events: sum.events + report.events,
    tasks: sum.tasks + report.tasks,
    modelCalls: sum.modelCalls + report.modelCalls,
    sessions: added(sum.sessions, report.sessions),
    gaps: added(sum.gaps, report.gaps),
    crashes: added(sum.crashes, report.crashes),
    faults: added(sum.faults, report.faults),
    forged: added(sum.forged, report.forged),
    refusals: added(sum.refusals, report.refusals),
    failing:
      violations.length === 0
        ? sum.failing
        : [...sum.failing, { seed, violations, injected }].sort((a, b) => a.seed - b.seed),
  };
}

function added(sum: Counts, more: Counts): Counts {
  const all: Record<string, number> = { ...sum };
  for (const [name, n] of Object.entries(more)) all[name] = (all[name] ?? 0) + n;
  return all;
}
