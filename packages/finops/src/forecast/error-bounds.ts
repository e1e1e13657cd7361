/** Origins that must have been compared at a distance before its errors say anything: four weeks of them. */
const MIN_ORIGINS = 28;

/** How many times farther than that an interval is stretched, at most. Source: our own choice. */
const MAX_STRETCH = 8;

/** Errors of past forecasts at one distance, ascending, and how far they were stretched. */
export type Errors = readonly number[];

/**
 * What past forecasts missed at a distance of `days`; `undefined` when the history does not reach that far.
 *
 * `byOrigin[n][h - 1]` is the error of origin n, h days ahead. Where fewer than 28 origins are that far from the end, the
 * errors of the farthest distance that has them are stretched by (days / distance) to the power `growth`, at most to 8 times
 * the distance: 1.5 for sums and 0.5 for days, which is how the errors of a wandering level grow.
 */
export function errorsAt(
  byOrigin: readonly (readonly number[])[],
  days: number,
  growth: 1.5 | 0.5,
): Errors | undefined {
  const reach = reachOf(byOrigin);
  if (reach === 0 || days > reach * MAX_STRETCH) return undefined;
  const at = Math.min(days, reach);
  const ratio = days / at;
  const stretch = growth === 1.5 ? ratio * Math.sqrt(ratio) : Math.sqrt(ratio);
  return byOrigin
    .flatMap((errors) => errors[at - 1] ?? [])
    .map((error) => error * stretch)
    .toSorted((a, b) => a - b);
}

/** The farthest distance, in days, that enough origins were compared at; 0 when there is none. */
export function reachOf(byOrigin: readonly (readonly number[])[]): number {
  const farthest = byOrigin.map((errors) => errors.length).toSorted((a, b) => b - a);
  return farthest[MIN_ORIGINS - 1] ?? 0;
}

/**
 * Half the width of an interval that `percent` of such errors stay within, as split conformal prediction has it: the
 * ceil((n + 1) percent / 100)-th smallest absolute error (Lei et al. 2018, section 2.2). `undefined` when that is more than n.
 */
export function halfWidth(errors: Errors, percent: 80 | 95): number | undefined {
  const rank = Math.ceil(((errors.length + 1) * percent) / 100);
  return errors.map(Math.abs).toSorted((a, b) => a - b)[rank - 1];
}

/** The probability that an error exceeds `amount`, by the rule of succession: (k + 1) / (n + 2), so never 0 and never 1. */
export function probabilityAbove(errors: Errors, amount: number): number {
  return (errors.filter((error) => error > amount).length + 1) / (errors.length + 2);
}
