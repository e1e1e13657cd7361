export { manualClock } from './manual-clock.ts';
export type { ManualClock } from './manual-clock.ts';
export { smallTopology } from './small-topology.ts';
export type { SmallTopology } from './small-topology.ts';
