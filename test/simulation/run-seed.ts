import type { HistoryEntry } from '@infrafabric/history-checker';
import { isSessionOver, type SessionRecord } from '@infrafabric/protocol';
import { looseAttacker } from './attacker.ts';
import type { DecisionId } from './chance.ts';
import { replaceGlobalTime } from './global-time.ts';
import { machinesOf } from './machines.ts';
import { graceOf, openSessions } from './sessions.ts';
import type { Scenario } from './scenario.ts';
import { supervise } from './supervisor.ts';
import { openWorld, type Tally, type World, type WorldOptions } from './world.ts';

/** What one seed came to. */
export interface SeedRun {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly history: readonly HistoryEntry[];
  readonly injected: readonly DecisionId[];
  readonly tally: Tally;
  readonly sessions: readonly SessionRecord[];
  readonly tasks: number;
  /** Codes of tasks that did not end DONE. */
  readonly gaps: readonly string[];
  readonly events: number;
  /** Errors that are none of ours. */
  readonly unexpected: readonly string[];
}

/** Everything goes on for so long after the last session ended: what comes late must do no harm. */
const TAIL_MS = 60_000;

/** Runs one seed to its end. */
export async function runSeed(seed: number, options: WorldOptions = {}): Promise<SeedRun> {
  const world = openWorld(seed, options);
  const unexpected: string[] = [];
  const onError = (error: unknown): void =>
    void unexpected.push(error instanceof Error ? firstLines(error.stack ?? error.message) : String(error));
  const restore = replaceGlobalTime(world.clock, world.chance);
  process.on('unhandledRejection', onError);
  try {
    const estates = await openSessions(world);
    const sessions = estates.map(({ session }) => session);
    looseAttacker(sessions, world);
    const forget = supervise(machinesOf(world, estates, onError), world, onError);
    await world.clock.run(isEnd(world));
    forget();
  } finally {
    process.off('unhandledRejection', onError);
    restore();
  }
  return outcomeOf(world, unexpected);
}

/** Whether all is over for long enough, or a session is open that should not be. */
function isEnd({ history, clock, scenario }: World): () => boolean {
  const open = new Set<string>();
  const startMs = clock.nowMs();
  let read = 0;
  let endMs = startMs + scenario.deadlineMs + graceOf(scenario) + TAIL_MS;
  return () => {
    for (; read < history.length; read += 1) {
      const entry = history[read];
      if (entry?.kind !== 'write' || entry.table !== 'session' || entry.after === undefined) continue;
      const isOver = isSessionOver(entry.after.state as SessionRecord['state']);
      if (!isOver) open.add(entry.session);
      else if (open.delete(entry.session) && open.size === 0) endMs = Math.min(endMs, clock.nowMs() + TAIL_MS);
    }
    return clock.nowMs() > endMs;
  };
}

async function outcomeOf(world: World, unexpected: readonly string[]): Promise<SeedRun> {
  const { state, scenario, history, chance, tally, clock } = world;
  world.record({ kind: 'end' });
  const sessions = await state.sessions();
  const tasks = await Promise.all(sessions.map(async ({ session_id }) => state.tasks(session_id)));
  return {
    seed: scenario.seed,
    scenario,
    history,
    injected: chance.injected,
    tally,
    sessions,
    tasks: tasks.flat().length,
    gaps: tasks.flat().flatMap(({ state, code }) => (state === 'DONE' ? [] : [code ?? state])),
    events: clock.taken(),
    unexpected,
  };
}

/** Where an error comes from, without all who called. */
const firstLines = (stack: string): string => stack.split('\n', 4).join('\n');
