/**
 * Columns that a merged bill has besides its own: what gets lost when lines that agree in everything else become one.
 *
 * `lines` is how many lines one stands for, `zeroed` how many of them had BilledCost above 0 and EffectiveCost 0, and
 * `days` how many days (UTC) the lines of the same resource touch, merged or not. `repeated` is `true` on lines that stand
 * in the file more than once and count for nothing.
 */
export const MERGED_COLUMNS = {
  lines: 'x_Lines',
  zeroed: 'x_ZeroedLines',
  days: 'x_Days',
  repeated: 'x_Repeated',
} as const;
