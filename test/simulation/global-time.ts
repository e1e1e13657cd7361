import type { Chance } from './chance.ts';
import type { EventClock } from './event-clock.ts';

/**
 * Puts simulated time and chance in the place of the global ones, for libraries that take them from there; answers how to put
 * the real ones back.
 */
export function replaceGlobalTime(clock: EventClock, chance: Chance): () => void {
  const { setTimeout, clearTimeout, setImmediate } = globalThis;
  const random = Math.random.bind(Math);
  const now = Date.now.bind(Date);
  type Timer = ReturnType<typeof globalThis.setTimeout>;
  const offs = new WeakMap<object, () => void>();
  const later = (run: (...given: unknown[]) => void, waitMs = 0, ...given: unknown[]): Timer => {
    const timer = { unref: () => timer, ref: () => timer, hasRef: () => false };
    offs.set(
      timer,
      clock.after(waitMs, () => run(...given)),
    );
    return timer as unknown as Timer;
  };
  Object.assign(globalThis, {
    setTimeout: later,
    clearTimeout: (timer: object | undefined) => (timer === undefined ? undefined : offs.get(timer)?.()),
    setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) => later(run, 0, ...given),
  });
  Math.random = () => chance.real('global random');
  Date.now = () => Math.floor(clock.nowMs());
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout, setImmediate });
    Math.random = random;
    Date.now = now;
  };
}
