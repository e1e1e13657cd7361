import type { Ledger } from '@infrafabric/protocol';
import { applyChange } from '../change.ts';
import { type LedgerItem, ledgerOf } from '../ledger-item.ts';

/** Budgets in the memory of one process, with the semantics of the DynamoDB driver. */
export function memoryLedger(): Ledger {
  const items = new Map<string, LedgerItem>();
  return ledgerOf({
    create: async (budget, item) => void (items.has(budget) || items.set(budget, item)),
    get: async (budget) => items.get(budget),
    async update(budget, change) {
      const there = items.get(budget);
      const next = there === undefined ? undefined : applyChange(there, change);
      if (next !== undefined) items.set(budget, next);
      return next;
    },
  });
}
