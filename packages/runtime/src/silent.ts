import type { Observer } from '@infrafabric/protocol';

/** Hears nothing. */
export const silent: Observer = { event: () => undefined };
