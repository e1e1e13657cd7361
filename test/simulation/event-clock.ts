/** Time that jumps from event to event. */
export interface EventClock {
  /** Milliseconds since the Unix epoch, with fractions. */
  readonly nowMs: () => number;
  /** Runs something after a wait; answers how to call it off. */
  readonly after: (waitMs: number, run: () => void) => () => void;
  /** Takes events in the order of their times until there is none or `isOver`; what each starts is through before the next. */
  readonly run: (isOver: () => boolean) => Promise<void>;
  /** How many events were taken. */
  readonly taken: () => number;
}

interface Event {
  readonly atMs: number;
  /** Of two events at one time the one that was planned first is first. */
  readonly order: number;
  readonly run: () => void;
  isOff: boolean;
}

/** The real one, kept before a simulation puts its own in the place of the global one. */
const realImmediate = globalThis.setImmediate;

/** Opens a clock that stands at `startMs`. */
export function openEventClock(startMs: number): EventClock {
  const heap: Event[] = [];
  let nowMs = startMs;
  let order = 0;
  let taken = 0;
  return {
    nowMs: () => nowMs,
    taken: () => taken,
    after(waitMs, run) {
      const event = { atMs: nowMs + Math.max(0, waitMs), order: (order += 1), run, isOff: false };
      push(heap, event);
      return () => void (event.isOff = true);
    },
    async run(isOver) {
      await settled();
      for (let event = pop(heap); event !== undefined; event = isOver() ? undefined : pop(heap)) {
        if (event.isOff) continue;
        nowMs = event.atMs;
        taken += 1;
        event.run();
        await settled();
      }
    },
  };
}

/** Every promise that can settle has settled: immediates come after all of them. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    realImmediate(resolve);
  });
}

const isBefore = (a: Event, b: Event): boolean => (a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs);

function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(event, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = event;
}

function pop(heap: Event[]): Event | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const isRight = right !== undefined && left !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || isBefore(last, child)) break;
    heap[at] = child;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = last;
  return first;
}
