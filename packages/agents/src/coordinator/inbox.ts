import { type Clock, type Digest, digestOf, type Envelope, type Message, type TaskId } from '@infrafabric/protocol';

/**
 * News for one session: which of its tasks a message said are over, and which answers it waits for.
 *
 * A hint only; the state store is asked before it counts.
 */
export interface Inbox {
  /** Notes a request before it is sent, so that its answer is known as ours. */
  readonly asked: (requestWire: string, task: TaskId) => void;
  /** From now on only answers to noted requests are ours. */
  readonly askedAll: () => void;
  /** Whether a message may be heard: it answers nothing, or a request we noted, for the task we asked. */
  readonly awaits: (message: Envelope) => boolean;
  /** Hears a verified message. */
  readonly hear: (message: Message) => void;
  /** How many tasks were hinted at since the last `clear`. */
  readonly hinted: () => number;
  readonly clear: () => void;
  /** Resolves after `ms`, or as soon as `count` tasks have been hinted at. */
  readonly wait: (ms: number, count: number) => Promise<void>;
}

/** Opens an empty inbox. */
export function openInbox(clock: Clock): Inbox {
  const requests = new Map<Digest, TaskId>();
  const tasks = new Set<TaskId>();
  let complete = false;
  let wanted = Number.POSITIVE_INFINITY;
  let wake = new AbortController();
  return {
    asked: (requestWire, task) => void requests.set(digestOf(requestWire), task),
    askedAll: () => void (complete = true),
    awaits(message) {
      if (!complete || !('in_reply_to' in message)) return true;
      const task = requests.get(message.in_reply_to.sha256);
      return task !== undefined && (!('task' in message) || message.task.task_id === task);
    },
    hear(message) {
      if (!endsTask(message)) return;
      tasks.add(message.task.task_id);
      if (tasks.size >= wanted) wake.abort('news');
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

type Ending = 'inform' | 'confirm' | 'disconfirm' | 'failure' | 'refuse';

function endsTask(message: Message): message is Extract<Message, { performative: Ending }> {
  return ['inform', 'confirm', 'disconfirm', 'failure', 'refuse'].includes(message.performative);
}
