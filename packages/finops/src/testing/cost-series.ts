/** Daily costs as accounts have them, by what makes them move; made with a seed, days from 0. */
export const COST_SERIES: Readonly<Record<string, (chance: () => number, days: number) => number[]>> = {
  'steady fleet': (chance, days) => daysOf(days, () => 412 * noisy(chance, 0.03)),
  'office hours': (chance, days) => daysOf(days, (day) => (isWeekend(day) ? 38 : 121) * noisy(chance, 0.08)),
  'compound growth': (chance, days) => daysOf(days, (day) => 55 * 1.0035 ** day * noisy(chance, 0.07)),
  'storage that piles up': (chance, days) => daysOf(days, (day) => 20 + 0.31 * day + 0.9 * bell(chance)),
  'traffic in waves': (chance, days) => {
    let wave = 0;
    return daysOf(days, (day) => {
      wave = 0.8 * wave + 0.06 * bell(chance);
      return 230 * (1 + wave) * (isWeekend(day) ? 0.8 : 1);
    });
  },
  'wandering level': (chance, days) => {
    let level = 90;
    return daysOf(days, () => {
      level = Math.max(10, level + 1.1 * bell(chance));
      return level * noisy(chance, 0.02);
    });
  },
  'migrations and clean-ups': (chance, days) => {
    let level = 160;
    return daysOf(days, () => {
      if (chance() < 1 / 50) level *= chance() < 0.5 ? 1.22 : 0.85;
      return level * noisy(chance, 0.05);
    });
  },
  'rare large batches': (chance, days) => daysOf(days, () => 70 * noisy(chance, 0.06) + (chance() < 0.04 ? 180 : 0)),
  'month-end closing': (chance, days) =>
    daysOf(days, (day) => (day % 30 >= 27 ? 150 : 95) * noisy(chance, 0.05) * (isWeekend(day) ? 0.7 : 1)),
  'wind-down': (chance, days) => daysOf(days, (day) => 30 + 260 * 0.994 ** day * noisy(chance, 0.05)),
  'heavy tails': (chance, days) => daysOf(days, () => 40 * 2 ** (0.6 * bell(chance))),
  'season of a year': (chance, days) =>
    daysOf(days, (day) => 130 * (1 + 0.25 * Math.sin((2 * Math.PI * day) / 365)) * noisy(chance, 0.06)),
};

/** A repeatable chance in [0, 1): xorshift32 (Marsaglia 2003). */
export function seededChance(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const daysOf = (days: number, costOf: (day: number) => number): number[] =>
  Array.from({ length: days }, (_, day) => costOf(day));

const isWeekend = (day: number): boolean => day % 7 >= 5;

/** Close to a standard normal: the sum of twelve uniforms, less six. */
const bell = (chance: () => number): number => Array.from({ length: 12 }, chance).reduce((sum, one) => sum + one, -6);

const noisy = (chance: () => number, spread: number): number => Math.max(0.05, 1 + spread * bell(chance));
