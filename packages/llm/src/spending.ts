import type { Ledger } from '@infrafabric/protocol';
import { LlmError } from './errors.ts';

/** A budget and what it may hold. */
export interface Budget {
  /** The same name in every process that shares it. */
  readonly name: string;
  /** Whole billionths of a USD. */
  readonly cap: number;
}

/** The most one call may cost, held until it is settled. */
export interface Reservation {
  /** What was held, billionths of a USD. */
  readonly amount: number;
  /** Puts what was spent in its place: never more than was held, for more cannot have been used. */
  readonly settle: (spent: number) => Promise<void>;
}

/** Holds `amount` in every budget, or in none. @throws LlmError `BUDGET_EXCEEDED` naming the one that has no room. */
export async function reserve(
  ledger: Ledger,
  budgets: readonly Budget[],
  { entry, amount }: { readonly entry: string; readonly amount: number },
): Promise<Reservation> {
  const held: Budget[] = [];
  const settle = async (spent: number): Promise<void> => {
    for (const { name } of held) await ledger.settle(name, entry, { reserved: amount, spent: Math.min(spent, amount) });
  };
  for (const budget of budgets) {
    if (!(await ledger.reserve(budget.name, entry, { amount, cap: budget.cap }))) {
      await settle(0);
      throw overBudget(budget, amount);
    }
    held.push(budget);
  }
  return { amount, settle };
}

/** Billionths of a USD as a decimal string of USD. */
export function usdOf(nanoUsd: number): string {
  const digits = String(nanoUsd).padStart(10, '0');
  const [whole, fraction] = [digits.slice(0, -9), digits.slice(-9)];
  return `${whole}.${fraction.replace(/0{1,7}$/, '')}`;
}

/** A decimal amount of USD as billionths, rounded down. */
export function nanoUsdOf(usd: string): number {
  const [whole = '0', fraction = ''] = usd.split('.');
  return Number(whole + fraction.slice(0, 9).padEnd(9, '0'));
}

function overBudget({ name, cap }: Budget, amount: number): LlmError {
  const isDay = name.includes('#day#');
  return new LlmError('BUDGET_EXCEEDED', {
    message: `a call of up to ${usdOf(amount)} USD has no room in the ${isDay ? 'cap of the day' : 'cap of the session'} of ${usdOf(cap)} USD`,
    where: isDay ? 'INFRAFABRIC_MAX_USD_DAY' : '--max-usd',
    fix: isDay ? 'wait for the next UTC day, or raise it' : 'raise it, or choose a cheaper --model',
    isUnpaid: true,
  });
}
