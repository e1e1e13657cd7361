export { testBusDriver } from './bus-suite.ts';
