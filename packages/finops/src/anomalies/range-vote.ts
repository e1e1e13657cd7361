/** Whether a number is further out than any before, by a share of the range of all of them and nothing. */
export function isOutside(value: number, before: readonly number[], margin: number): boolean {
  return isBeyond(value, { low: Math.min(0, ...before), high: Math.max(0, ...before) }, margin);
}

/** Whether a number lies outside a range by a share of it. */
export function isBeyond(
  value: number,
  { low, high }: { readonly low: number; readonly high: number },
  margin: number,
): boolean {
  const apart = (high - low) * margin;
  return value > high + apart || value < low - apart;
}
