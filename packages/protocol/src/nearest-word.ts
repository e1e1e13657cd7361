/**
 * The candidate that a mistyped word most likely meant: the one reached by the fewest insertions, deletions, replacements and
 * swaps of neighbours; `undefined` when none is near, which is more than a third of the letters away.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.slice(0, LONGEST);
  let nearest: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = distanceBetween(typed, candidate);
    const isNear = distance <= Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3));
    if (isNear && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = { candidate, distance };
  }
  return nearest?.candidate;
}

/** Longer words are cut before they are compared; the work grows with the square of the length. */
const LONGEST = 80;

/** The optimal string alignment distance, row by row. */
function distanceBetween(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = at(old, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = isSwap(a, b, row, column) ? at(older, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(at(old, column) + 1, at(current, column - 1) + 1, changed, swapped));
    }
    [older, old] = [old, current];
  }
  return old[b.length] ?? 0;
}

const at = (row: readonly number[], column: number): number => row[column] ?? 0;

function isSwap(a: string, b: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}
