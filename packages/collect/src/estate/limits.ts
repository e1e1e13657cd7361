const MIB = 1024 * 1024;

/** What an estate directory may hold before it is refused; a real estate of 100,000 resources stays well below. */
export interface EstateLimits {
  readonly maxFiles: number;
  readonly maxFileBytes: number;
  /** A `metrics.ndjson` is read in chunks, so it may be larger than an answer. */
  readonly maxMetricsBytes: number;
  readonly maxTotalBytes: number;
  /** Bytes of one chunk of metrics, and so of one line. */
  readonly maxChunkBytes: number;
  /** Nesting of objects and arrays; the deepest recorded AWS answer has 10. */
  readonly maxDepth: number;
}

/** The limits of a run. */
export const ESTATE_LIMITS: EstateLimits = {
  maxFiles: 100_000,
  maxFileBytes: 64 * MIB,
  maxMetricsBytes: 4096 * MIB,
  maxTotalBytes: 8192 * MIB,
  maxChunkBytes: 4 * MIB,
  maxDepth: 100,
};
