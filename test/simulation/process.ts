import type { Clock } from '@infrafabric/protocol';
import type { World } from './world.ts';

/** One run of a process: from its start until it is killed. */
export interface Process {
  /** The machine it runs on: the same after a restart. */
  readonly machine: string;
  /** As histories name it: its boot id. */
  readonly name: string;
  readonly bootId: string;
  readonly clock: Clock;
  readonly isAlive: () => boolean;
  /** Ends it at once: nothing it waits for comes back. */
  readonly kill: () => void;
  /** When the run is over: lets go of what it waits for, which a signal would hold on to for ever. */
  readonly forget: () => void;
  /** Stops it for a while: everything that happens to it meanwhile reaches it then. */
  readonly pause: (forMs: number) => void;
  /** Makes it die at one of the next crash points it passes. */
  readonly armed: Armed;
  /** Runs something in this process after a wait, if it still lives then. */
  readonly after: (waitMs: number, run: () => void) => () => void;
}

/** A death that waits for its moment. */
export interface Armed {
  /** At the n-th crash point from now. */
  readonly set: (points: number) => void;
  /** Whether this is the moment. */
  readonly takes: () => boolean;
}

/** Starts a process. */
export function startProcess(machine: string, bootId: string, world: World): Process {
  const skewMs = world.skewOf(machine);
  let pointsLeft = Number.POSITIVE_INFINITY;
  let isAlive = true;
  let pausedUntilMs = 0;
  const waits = new Set<() => void>();
  const after: Process['after'] = (waitMs, run) => {
    let off: () => void = () => undefined;
    const due = (): void => {
      if (!isAlive) return;
      const restMs = pausedUntilMs - world.clock.nowMs();
      if (restMs > 0) off = world.clock.after(restMs, due);
      else run();
    };
    off = world.clock.after(waitMs, due);
    return () => off();
  };
  return {
    machine,
    name: bootId,
    bootId,
    armed: {
      set: (points) => void (pointsLeft = points),
      takes: () => (pointsLeft -= 1) < 0,
    },
    after,
    isAlive: () => isAlive,
    kill: () => void (isAlive = false),
    forget: () => {
      for (const drop of waits) drop();
      waits.clear();
    },
    pause: (forMs) => void (pausedUntilMs = Math.max(pausedUntilMs, world.clock.nowMs() + forMs)),
    clock: {
      nowMs: () => Math.floor(world.clock.nowMs() + skewMs),
      async sleep(ms, signal) {
        if (signal?.aborted === true) return;
        await new Promise<void>((resolve) => {
          const off = after(ms, wake);
          const drop = (): void => {
            off();
            signal?.removeEventListener('abort', wake);
          };
          function wake(): void {
            drop();
            waits.delete(drop);
            resolve();
          }
          waits.add(drop);
          signal?.addEventListener('abort', wake, { once: true });
        });
      },
    },
  };
}
