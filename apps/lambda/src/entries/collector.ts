import { workerFunction } from '@infrafabric/runtime/deployed/worker';
import { queueHandler } from '../queue-handler.ts';

/** The collector worker. */
export const handler = queueHandler(workerFunction('collector'));
