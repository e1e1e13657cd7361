import { chance } from './chance.ts';
import { type Fraction, divide, fraction } from './fraction.ts';
import type { BillDay } from './sample.ts';

/** How many hours of `count` equal things a day has. */
export const allHours =
  (count: number | Fraction = 1) =>
  (): Fraction => {
    const { over, under } = typeof count === 'number' ? fraction(count) : count;
    return { over: over * 24n, under };
  };

/** A day's part of something held all month, as AWS prorates it: the amount by the days of the month. */
export const partOfMonth =
  (amount: number | string) =>
  ({ daysInMonth }: BillDay): Fraction =>
    divide(fraction(amount), fraction(daysInMonth));

/** About `mean` a day, less on weekends, in hundredths. */
export const unevenDay =
  (name: string, mean: number) =>
  ({ date }: BillDay): Fraction => {
    const isWeekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
    const { whole } = chance(`${name} ${date}`);
    const percent = isWeekend ? whole(55, 75) : whole(95, 130);
    return divide(fraction(mean * percent), fraction(100));
  };

/** The same amount every day. */
export const everyDay = (amount: number | string) => (): Fraction => fraction(amount);
