import { describe, expect, test } from 'vitest';
import { DETECTOR_SETTINGS } from './detector-settings.ts';
import { baselineBefore, findEvents } from './find-events.ts';

/** A Thursday; days of the first week have these numbers as weekdays. */
const FIRST = 20_454;

/** 100 a day, 40 at weekends, and 1 more or less every other day. */
const usual = (day: number): number => ([2, 3].includes(day % 7) ? 40 : 100) + (day % 2 === 0 ? 1 : -1);

const series = (days: number, of: (day: number) => number) => ({
  firstDay: FIRST,
  values: Array.from({ length: days }, (_, day) => of(day)),
});

const told = (days: number, of: (day: number) => number) =>
  findEvents(series(days, of), DETECTOR_SETTINGS).map(({ first, last, direction, stays, open }) => ({
    first: first - FIRST,
    last: last - FIRST,
    direction,
    ...(stays ? { stays } : {}),
    ...(open ? { open } : {}),
  }));

describe('a series of a weekly course', () => {
  test('without an event tells nothing, weekends included', () => {
    expect(told(120, usual)).toStrictEqual([]);
  });

  test.each<[string, (day: number) => number, ReturnType<typeof told>]>([
    ['one day', (day) => usual(day) + (day === 60 ? 50 : 0), [{ first: 60, last: 60, direction: 'up' }]],
    ['three days', (day) => usual(day) + (day >= 60 && day <= 62 ? 50 : 0), [{ first: 60, last: 62, direction: 'up' }]],
    ['a fall', (day) => (day === 61 ? 20 : usual(day)), [{ first: 61, last: 61, direction: 'down' }]],
    [
      'a new level, told once',
      (day) => usual(day) + (day >= 60 ? 50 : 0),
      [{ first: 60, last: 73, direction: 'up', stays: true }],
    ],
    [
      'weekends that cost more, told once',
      (day) => usual(day) + (day >= 60 && [2, 3].includes(day % 7) ? 50 : 0),
      [{ first: 65, last: 87, direction: 'up' }],
    ],
    [
      'a rise and a fall at once are two',
      (day) => usual(day) + (day === 60 ? 80 : 0) - (day === 62 ? 80 : 0),
      [
        { first: 60, last: 60, direction: 'up' },
        { first: 62, last: 62, direction: 'down' },
      ],
    ],
    [
      'the last day',
      (day) => usual(day) + (day === 89 ? 50 : 0),
      [{ first: 89, last: 89, direction: 'up', open: true }],
    ],
    ['nothing in the first four weeks', (day) => usual(day) + (day === 20 ? 300 : 0), []],
  ])('%s', (_, of, expected) => {
    expect(told(90, of)).toStrictEqual(expected);
  });

  test('the same spike again is nothing new: no day is further out than one that was seen', () => {
    const of = (day: number): number => usual(day) + ([60, 80].includes(day) ? 50 : 0);
    expect(told(100, of).map(({ first }) => first)).toStrictEqual([60]);
  });

  test('less than 1 USD of deviation is no news, however still a series is', () => {
    expect(told(90, (day) => (day === 60 ? 5 : 1))).toStrictEqual([]);
    expect(told(90, (day) => (day === 60 ? 6 : 1)).length).toBe(1);
  });

  test('what is expected of a day comes from the days before it alone', () => {
    const whole = series(90, usual);
    const changed = series(90, (day) => (day < 60 ? usual(day) : 9999));
    const day = FIRST + 60;
    const of = (one: typeof whole): number => baselineBefore(one, day, DETECTOR_SETTINGS).expected(day);
    expect(of(changed)).toBe(of(whole));
  });
});
