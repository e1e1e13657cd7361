/** Keeps the most recently used byte strings, bounded by their sum. */
export interface ByteCache {
  get(key: string): Uint8Array | undefined;
  /** Whether so many bytes are kept: at most a sixteenth of the bound. */
  takes(length: number): boolean;
  /** Keeps `bytes` when they are not too many. */
  set(key: string, bytes: Uint8Array): void;
}

/** An empty cache of at most `maxBytes`. */
export function byteCache(maxBytes: number): ByteCache {
  const kept = new Map<string, Uint8Array>();
  let sum = 0;

  const takes = (length: number): boolean => length <= maxBytes / 16;
  const drop = (key: string): void => {
    sum -= kept.get(key)?.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const bytes = kept.get(key);
      if (bytes === undefined) return undefined;
      kept.delete(key);
      kept.set(key, bytes);
      return bytes;
    },
    takes,
    set(key, bytes) {
      if (!takes(bytes.byteLength)) return;
      drop(key);
      kept.set(key, bytes);
      sum += bytes.byteLength;
      for (const oldest of kept.keys()) {
        if (sum <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
