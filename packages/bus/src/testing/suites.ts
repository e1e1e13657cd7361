export { testBusDriver } from './bus-suite.ts';
export type { BusHarness } from './bus-suite.ts';
