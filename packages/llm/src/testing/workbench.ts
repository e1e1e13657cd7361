import type { Clock, JsonObject, Ledger } from '@infrafabric/protocol';
import type { ModelDriver } from '../model-driver.ts';
import { modelOf } from '../model-table.ts';
import { type Model, type ModelOptions, openModel } from '../open-model.ts';

/** A clock that stands still until somebody sleeps; a sleep takes no time of the test. */
export function jumpingClock(): Clock & { readonly passed: () => number } {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    async sleep(ms) {
      nowMs += ms;
    },
    passed: () => nowMs,
  };
}

/** A ledger of one process that keeps every promise of the port, for tests of what is above it. */
export function plainLedger(): Ledger & { readonly peak: () => number } {
  const committed = new Map<string, number>();
  let peak = 0;
  const add = (budget: string, amount: number): void => {
    committed.set(budget, (committed.get(budget) ?? 0) + amount);
    peak = Math.max(peak, committed.get(budget) ?? 0);
  };
  return {
    async reserve(budget, _entry, { amount, cap }) {
      if ((committed.get(budget) ?? 0) + amount > cap) return false;
      add(budget, amount);
      return true;
    },
    settle: async (budget, _entry, { reserved, spent }) => add(budget, spent - reserved),
    balance: async (budget) => ({ committed: committed.get(budget) ?? 0, spent: 0, settled: 0 }),
    peak: () => peak,
  };
}

/** A model over a driver, with 1 USD, nothing kept, and no waiting between attempts. */
export function modelOver(driver: ModelDriver, over: Partial<ModelOptions> = {}): Model {
  const kept = new Map<string, JsonObject>();
  let entries = 0;
  return openModel({
    driver,
    model: modelOf('anthropic', 'claude-sonnet-5-5'),
    ledger: plainLedger(),
    budgets: () => [{ name: 'session', cap: 1_000_000_000 }],
    answers: { get: async (key) => kept.get(key), put: async (key, answer) => void kept.set(key, answer) },
    clock: jumpingClock(),
    ids: { uuidv7: () => `entry-${(entries += 1)}` },
    ...over,
    tenacity: { firstBackoffMs: 1, longestBackoffMs: 2, ...over.tenacity },
  });
}
