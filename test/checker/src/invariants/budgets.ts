import type { CallEntry, LedgerEntry } from '../history.ts';
import type { HistoryIndex } from '../history-index.ts';
import type { Found, Invariant } from '../invariant.ts';
import type { TaskItem } from '../items.ts';

export const BUDGETS: Invariant = {
  id: 'I14',
  says: 'What is spent and reserved never passes the cap, no call is made without a reservation, and no task is leased more often than it may be tried.',
  check: (index) => [...overdrawn(index), ...tooOften(index), ...leasedTooOften(index)],
};

/** A budget as its entries say it stands. */
interface Account {
  readonly open: Map<string, number>;
  readonly settled: Map<string, number>;
}

function overdrawn({ entries }: HistoryIndex): Found[] {
  const accounts = new Map<string, Account>();
  const of = (budget: string): Account => {
    const known = accounts.get(budget) ?? { open: new Map(), settled: new Map() };
    accounts.set(budget, known);
    return known;
  };
  return entries.flatMap((entry, seq) => {
    const isCall = entry.kind === 'call' && entry.budget !== undefined;
    if (entry.kind !== 'ledger' && !isCall) return [];
    const account = of(entry.budget ?? '');
    const why = entry.kind === 'ledger' ? whyOver(entry, account) : whyUnreserved(entry, account);
    return why === undefined ? [] : [{ seq, message: `budget ${entry.budget}: ${why}` }];
  });
}

function whyOver(entry: LedgerEntry, { open, settled }: Account): string | undefined {
  if (entry.outcome === 'refused' || entry.outcome === 'lost') return undefined;
  if (entry.op === 'settle') {
    // A settlement that is said twice, or of what was never reserved, changes nothing.
    if (open.delete(entry.entry)) settled.set(entry.entry, entry.spent);
    return undefined;
  }
  open.set(entry.entry, entry.amount);
  const sum = [...open.values(), ...settled.values()].reduce((total, amount) => total + amount, 0);
  return sum > entry.cap ? `${sum} is spent and reserved, above the cap of ${entry.cap}` : undefined;
}

/** A call that nobody waited for is billed after its reservation was settled, as spent. */
function whyUnreserved({ entry = '', amount = 0 }: CallEntry, { open, settled }: Account): string | undefined {
  const reserved = open.get(entry) ?? settled.get(entry);
  if (reserved === undefined) return `a call without a reservation (${entry})`;
  return amount > reserved ? `a call of ${amount} under a reservation of ${reserved}` : undefined;
}

function tooOften({ entries, world, tasksOf }: HistoryIndex): Found[] {
  const calls = new Map<string, number>();
  return entries.flatMap((entry, seq) => {
    if (entry.kind !== 'call' || entry.budget !== undefined) return [];
    const { session } = entry;
    const count = (calls.get(session) ?? 0) + 1;
    calls.set(session, count);
    const most = tasksOf(session).length * world.max_attempts;
    return count === most + 1 ? [{ seq, message: `session ${session} worked more than ${most} times` }] : [];
  });
}

function leasedTooOften({ tasks, world }: HistoryIndex): Found[] {
  return [...tasks.values()].flatMap(({ name, steps }) => {
    const reopened = steps.findLastIndex(({ reopens }) => reopens);
    const leases = steps.slice(reopened + 1).filter(({ before, after }) => isGrant(before, after));
    const excess = leases[world.max_attempts];
    return excess === undefined
      ? []
      : [{ seq: excess.seq, message: `task ${name} was leased more than ${world.max_attempts} times` }];
  });
}

const isGrant = (before: TaskItem | undefined, after: TaskItem): boolean =>
  after.state === 'LEASED' && (before?.state !== 'LEASED' || after.fence > before.fence);
