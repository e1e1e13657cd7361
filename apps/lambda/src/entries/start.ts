import { startFunction } from '@infrafabric/runtime/deployed/start';
import { startHandler } from '../start-handler.ts';

/** Starts an analysis. */
export const handler = startHandler(startFunction());
