/** Time kept for laying work down before Lambda ends an invocation. */
const MARGIN_MS = 10_000;

/** Runs `use` with a signal that aborts in time to lay work down: 10 s before the end, or at four fifths of a short invocation. */
export async function withDeadline<T>(remainingMs: number, use: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const workMs = remainingMs - Math.min(MARGIN_MS, remainingMs / 5);
  const timer = setTimeout(() => stop.abort(), Math.max(0, workMs));
  try {
    return await use(stop.signal);
  } finally {
    clearTimeout(timer);
  }
}
