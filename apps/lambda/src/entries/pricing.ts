import { workerFunction } from '@infrafabric/runtime/deployed/worker';
import { queueHandler } from '../queue-handler.ts';

/** The pricing worker. */
export const handler = queueHandler(workerFunction('pricing'));
