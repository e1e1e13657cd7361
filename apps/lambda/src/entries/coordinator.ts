import { coordinatorFunction } from '@infrafabric/runtime/deployed/coordinator';
import { queueHandler } from '../queue-handler.ts';

/** The coordinator. */
export const handler = queueHandler(coordinatorFunction());
