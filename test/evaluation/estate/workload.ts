import { openDraw } from './draw.ts';
import { AS_OF, type MetricLine } from './planned.ts';

/** Days of hourly metrics, as `collect` asks for by default. */
const DAYS = 30;
const END_MS = Date.parse(`${AS_OF}T00:00:00Z`);
const START_MS = END_MS - DAYS * 86_400_000;
const START = new Date(START_MS).toISOString().replace('.000Z', 'Z');

interface Hour {
  readonly ofDay: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  readonly dayOfMonth: number;
  readonly isMonthEnd: boolean;
}

const HOURS: readonly Hour[] = Array.from({ length: DAYS * 24 }, (_, at) => {
  const time = new Date(START_MS + at * 3_600_000);
  const dayOfMonth = time.getUTCDate();
  return {
    ofDay: time.getUTCHours(),
    weekday: time.getUTCDay(),
    dayOfMonth,
    isMonthEnd: dayOfMonth >= 30 || dayOfMonth === 1,
  };
});

/** How much of its peak work something does in an hour, 0 to 1. */
export type Demand = (hour: Hour) => number;

/** People work with it: most at midday of working days, a third at weekends, a little at night. */
export const officeHours: Demand = ({ ofDay, weekday }) => {
  const sun = Math.max(0, Math.sin(((ofDay - 6) / 12) * Math.PI));
  return 0.1 + 0.9 * sun * (weekday === 0 || weekday === 6 ? 0.3 : 1);
};

/** It does the same at every hour. */
export const steady: Demand = () => 1;

/** It does nothing. */
export const never: Demand = () => 0;

/** A job of three hours every Sunday night. */
export const weeklyJob: Demand = ({ ofDay, weekday }) => (weekday === 0 && ofDay >= 2 && ofDay < 5 ? 1 : 0.01);

/** Books are closed on the last days of a month; else next to nothing. */
export const monthEnd: Demand = ({ ofDay, isMonthEnd }) => (isMonthEnd && ofDay >= 8 && ofDay < 20 ? 1 : 0.02);

/** A job of an hour every night. */
export const nightlyJob: Demand = ({ ofDay }) => (ofDay === 3 ? 1 : 0);

/** A job on the first of the month. */
export const monthlyJob: Demand = ({ ofDay, dayOfMonth }) => (dayOfMonth === 1 && ofDay === 4 ? 1 : 0);

const BY_HOUR = new Map<Demand, readonly number[]>();

/** The demand of each measured hour. */
export function demandByHour(demand: Demand): readonly number[] {
  const known = BY_HOUR.get(demand) ?? HOURS.map(demand);
  BY_HOUR.set(demand, known);
  return known;
}

/** How a metric of a workload comes out. */
export interface Measured {
  readonly namespace: string;
  readonly metric: string;
  readonly stat: 'Sum' | 'Maximum' | 'Average';
  readonly dimensions: Record<string, string>;
  readonly demand: Demand;
  /** Value at the peak of the demand. */
  readonly peak: number;
  /** What it shows without any work: an operating system at rest. */
  readonly rest?: number;
  /** No value passes it, such as 100 %. */
  readonly most?: number;
  /** Decimals; default whole numbers. */
  readonly places?: number;
}

/** A metric line: demand times peak, up to a tenth less by chance, never more: the peak is the workload's own truth. */
export function line(measured: Measured): MetricLine {
  const { namespace, metric, stat, dimensions, demand, peak, rest = 0, most = Infinity, places = 0 } = measured;
  const { whole } = openDraw(`${namespace} ${metric} ${Object.values(dimensions).join(' ')}`);
  const unit = 10 ** places;
  const values = HOURS.map((hour) => {
    const noise = 0.9 + whole(0, 1_000) / 10_000;
    const value = Math.min(most, rest * noise + demand(hour) * peak * noise);
    return Math.round(value * unit) / unit;
  });
  return { namespace, metric, dimensions, stat, period_seconds: 3600, start: START, values };
}

/** An instant so many days before the estate is judged, as AWS prints it. */
export const daysAgo = (days: number): string =>
  new Date(END_MS - Math.round(days * 24) * 3_600_000 - 1_234_000).toISOString().replace('Z', '+00:00');
