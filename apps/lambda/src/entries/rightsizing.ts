import { workerFunction } from '@infrafabric/runtime/deployed/worker';
import { queueHandler } from '../queue-handler.ts';

/** The rightsizing worker. */
export const handler = queueHandler(workerFunction('rightsizing'));
