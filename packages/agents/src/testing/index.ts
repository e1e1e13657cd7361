export { embeddedSteps } from './embedded-steps.ts';
export type { EmbeddedSteps } from './embedded-steps.ts';
export { embeddedSwarm } from './embedded-swarm.ts';
export type { EmbeddedSwarm, EmbeddedSwarmOptions } from './embedded-swarm.ts';
