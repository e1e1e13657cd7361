import type { HistoryEntry } from '@infrafabric/history-checker';
import type { EvidenceId, EvidenceStore, Ledger, ReplayMemory, StateStore } from '@infrafabric/protocol';
import { replayMemory } from '@infrafabric/protocol';
import { aSwarm, type Swarm } from '@infrafabric/protocol/testing';
import { memoryEvidence, memoryLedger, memoryState } from '@infrafabric/store';
import { type Chance, type DecisionId, openChance } from './chance.ts';
import { type EventClock, openEventClock } from './event-clock.ts';
import type { Process } from './process.ts';
import { openQueues, type Queues } from './queues.ts';
import { ratesOf, type Rates } from './rates.ts';
import { type Scenario, scenarioOf, type Intensity } from './scenario.ts';

/** Everything outside of the processes of one run, and what is written down of it. */
export interface World {
  readonly scenario: Scenario;
  readonly rate: Rates;
  readonly chance: Chance;
  readonly clock: EventClock;
  readonly swarm: Swarm;
  readonly state: StateStore;
  readonly blobs: EvidenceStore;
  /** The bytes behind `blobs`, open to damage. */
  readonly kept: Map<EvidenceId, Uint8Array>;
  readonly ledger: Ledger;
  /** What all processes remember together of the messages they saw. */
  readonly replay: ReplayMemory;
  readonly queues: Queues;
  readonly history: HistoryEntry[];
  /** Writes an entry down, at this time. */
  readonly record: (entry: Untimed<HistoryEntry>) => void;
  readonly skewOf: (machine: string) => number;
  /** Whether the process is killed here; then it is. */
  readonly crashes: (process: Process, point: string) => boolean;
  /** Told by whoever supervises processes. */
  onCrash: (process: Process, point: string) => void;
  readonly tally: Tally;
  /** Boot ids of processes that were killed. */
  readonly dead: Set<string>;
}

/** Counts for the summary. */
export interface Tally {
  /** By crash point; a point that was passed and never hit is there with 0. */
  readonly crashes: Map<string, number>;
  readonly forged: Map<string, number>;
  readonly refusals: Map<string, number>;
  modelCalls: number;
}

/** An entry without its time. */
export type Untimed<Entry> = Entry extends HistoryEntry ? Omit<Entry, 'at_ms'> : never;

/** How a run differs from what its seed says. */
export interface WorldOptions {
  readonly intensity?: Intensity | undefined;
  readonly suppressed?: ReadonlySet<DecisionId> | undefined;
  readonly only?: ReadonlySet<DecisionId> | undefined;
}

/** Points that a process passes all the time; others would hardly ever be hit by chance alone. */
const OFTEN =
  /^(?:bus\.(?:receive|delete|extend|send)|replay|sessions|statuses|session\.(?:beat|hb|read)|task\.(?:read|beat))\./;

/** The keys of every run: deriving them costs more than a run. */
const SWARM = aSwarm('simulation');

/** Makes the world of a seed. */
export function openWorld(seed: number, options: WorldOptions = {}): World {
  const chance = openChance(seed, options);
  const scenario = scenarioOf(seed, chance, options.intensity);
  const clock = openEventClock(SWARM.nowMs);
  const kept = new Map<EvidenceId, Uint8Array>();
  const history: HistoryEntry[] = [];
  const skews = new Map<string, number>();
  const tally: Tally = { crashes: new Map(), forged: new Map(), refusals: new Map(), modelCalls: 0 };
  const record: World['record'] = (entry) => void history.push({ at_ms: Math.floor(clock.nowMs()), ...entry });
  const skewOf = (machine: string): number => {
    const known = skews.get(machine) ?? skewIn(machine, scenario.skewMs, chance);
    skews.set(machine, known);
    return known;
  };
  const rate = ratesOf(scenario.intensity);
  const world: World = {
    scenario,
    rate,
    chance,
    clock,
    swarm: SWARM,
    state: memoryState(),
    blobs: memoryEvidence(kept),
    kept,
    ledger: memoryLedger(),
    replay: replayMemory({ nowMs: () => Math.floor(clock.nowMs()) }),
    queues: openQueues({ clock, chance, record }),
    history,
    record,
    skewOf,
    crashes(process, point) {
      const count = tally.crashes.get(point) ?? 0;
      const isArmed = process.armed.takes();
      const probability = OFTEN.test(point) ? rate.crashAtPoint : rate.crashAtRarePoint;
      const hits = isArmed || chance.fault('crash', `${process.name} ${point}`, probability);
      tally.crashes.set(point, count + (hits ? 1 : 0));
      if (hits) world.onCrash(process, point);
      return hits;
    },
    onCrash: () => undefined,
    tally,
    dead: new Set(),
  };
  return world;
}

function skewIn(machine: string, most: number, chance: Chance): number {
  if (most === 0 || !chance.fated('skew', machine, 1)) return 0;
  return Math.round((chance.real(`${machine} skew`) * 2 - 1) * most);
}

/** Counts one more of a name. */
export function count(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
