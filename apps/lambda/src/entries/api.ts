import { openDeployedHost } from '@infrafabric/runtime/deployed/api';
import { apiHandler } from '../api-handler.ts';

/** The HTTP API. */
export const handler = apiHandler(openDeployedHost);
