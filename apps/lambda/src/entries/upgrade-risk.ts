import { workerFunction } from '@infrafabric/runtime/deployed/worker';
import { queueHandler } from '../queue-handler.ts';

/** The upgrade-risk worker. */
export const handler = queueHandler(workerFunction('upgrade-risk'));
