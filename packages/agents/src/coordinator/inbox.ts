import type { Clock } from '@infrafabric/protocol';

/** News for one session: which tasks a message said are over. A hint only; the state store is asked before it counts. */
export interface Inbox {
  readonly hint: (taskId: string) => void;
  readonly hinted: () => number;
  readonly clear: () => void;
  /** Resolves after `ms`, or as soon as `count` tasks have been hinted at. */
  readonly wait: (ms: number, count: number) => Promise<void>;
}

/** Opens an empty inbox. */
export function openInbox(clock: Clock): Inbox {
  const tasks = new Set<string>();
  let wanted = Number.POSITIVE_INFINITY;
  let wake = new AbortController();
  return {
    hint(taskId) {
      tasks.add(taskId);
      if (tasks.size >= wanted) wake.abort();
    },
    hinted: () => tasks.size,
    clear: () => tasks.clear(),
    async wait(ms, count) {
      if (tasks.size >= count) return;
      wanted = count;
      wake = new AbortController();
      await clock.sleep(ms, wake.signal);
      wanted = Number.POSITIVE_INFINITY;
    },
  };
}
