/** What some work took: the wall clock, and the processor time of this process. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Does some work and answers what it took. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [start, usage] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(usage);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 };
}

/** The value below which a share of all values lies; the greatest for 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
