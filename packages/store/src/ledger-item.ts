import type { Balance, Change, Ledger } from '@infrafabric/protocol';

/** The item of one budget: its balance, and what each entry under way has reserved, as an attribute of its own. */
export type LedgerItem = Readonly<Record<string, unknown>>;

/** The calls a ledger makes on the items of budgets. */
export interface LedgerItems {
  /** Does nothing when the item is there. */
  readonly create: (budget: string, item: LedgerItem) => Promise<void>;
  readonly get: (budget: string) => Promise<LedgerItem | undefined>;
  /** All of the item after the change; undefined when it is absent or a condition does not hold. */
  readonly update: (budget: string, change: Change<LedgerItem>) => Promise<LedgerItem | undefined>;
}

/** A ledger on items that change by conditional updates. */
export function ledgerOf({ create, get, update }: LedgerItems): Ledger {
  const reserve = async (budget: string, entry: string, { amount, cap }: Bound): Promise<boolean> => {
    const open = attributeOf(entry);
    const change: Change<LedgerItem> = {
      expect: { committed: { below: cap - amount + 1 }, [open]: { absent: true } },
      set: { [open]: amount },
      add: { committed: amount },
    };
    if ((await update(budget, change)) !== undefined) return true;
    const there = await get(budget);
    if (there?.[open] === amount) return true;
    if (there !== undefined && balanceOf(there).committed > cap - amount) return false;
    // Not there yet, or made by another process since: there is room, so the update is tried again.
    if (there === undefined) await create(budget, { committed: 0, spent: 0, settled: 0 });
    return reserve(budget, entry, { amount, cap });
  };
  return {
    reserve,
    async settle(budget, entry, { reserved, spent }) {
      const open = attributeOf(entry);
      const add = { committed: spent - reserved, spent, settled: 1 };
      await update(budget, { expect: { [open]: reserved }, add, remove: [open] });
    },
    balance: async (budget) => balanceOf((await get(budget)) ?? {}),
  };
}

interface Bound {
  readonly amount: number;
  readonly cap: number;
}

const attributeOf = (entry: string): string => `open#${entry}`;

const balanceOf = ({ committed, spent, settled }: LedgerItem): Balance => ({
  committed: Number(committed ?? 0),
  spent: Number(spent ?? 0),
  settled: Number(settled ?? 0),
});
