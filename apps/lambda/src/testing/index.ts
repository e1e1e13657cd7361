export { bundleContainer, sourceContainer } from './containers.ts';
export { openPump } from './pump.ts';
export type { Invocation, Pump, PumpOptions } from './pump.ts';
export { openTestDeployment } from './test-deployment.ts';
export type { TestDeployment } from './test-deployment.ts';
