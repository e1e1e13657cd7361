import type { InputContext } from '../collector.ts';

/** The whole days before today, as Cost Explorer takes them: `Start` inclusive, `End` exclusive. */
export function lookBack({ today, days }: Pick<InputContext, 'today' | 'days'>): { Start: string; End: string } {
  return { Start: dayAfter(today, -days), End: today };
}

/** The UTC date `days` after (or, negative, before) a date; both YYYY-MM-DD. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
