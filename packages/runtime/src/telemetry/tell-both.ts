import type { Observer } from '@infrafabric/protocol';

/** Hands every event to both. */
export function tellBoth(first: Observer, second: Observer): Observer {
  return {
    event(event) {
      first.event(event);
      second.event(event);
    },
  };
}
