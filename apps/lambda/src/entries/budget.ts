import { workerFunction } from '@infrafabric/runtime/deployed/worker';
import { queueHandler } from '../queue-handler.ts';

/** The budget worker. */
export const handler = queueHandler(workerFunction('budget'));
