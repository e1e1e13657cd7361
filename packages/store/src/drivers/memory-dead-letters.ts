import type { Clock, DeadLetters, DeadLetterWire } from '@infrafabric/protocol';

/** Dead letters in the memory of one process, with the semantics of the DynamoDB driver. */
export function memoryDeadLetters(clock: Pick<Clock, 'nowMs'>, keepMs: number): DeadLetters {
  const kept = new Map<string, DeadLetterWire>();
  const find = (sha256: string): DeadLetterWire | undefined => {
    const found = kept.get(sha256);
    return found === undefined || found.letter.at_ms + keepMs <= clock.nowMs() ? undefined : found;
  };
  return {
    async keep(letter, wire) {
      if (kept.has(letter.sha256)) return false;
      kept.set(letter.sha256, { letter, wire });
      return true;
    },
    list: async () =>
      [...kept.keys()].flatMap((sha256) => find(sha256)?.letter ?? []).toSorted((a, b) => b.at_ms - a.at_ms),
    find: async (sha256) => find(sha256),
    async redriven(sha256, as) {
      const found = kept.get(sha256);
      if (found !== undefined) kept.set(sha256, { ...found, letter: { ...found.letter, redriven_as: as } });
    },
    purge: async (sha256) => find(sha256) !== undefined && kept.delete(sha256),
  };
}
