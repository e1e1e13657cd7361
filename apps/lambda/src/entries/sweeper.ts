import { sweeperFunction } from '@infrafabric/runtime/deployed/sweeper';
import { namingFailures } from '../errors.ts';

const sweep = sweeperFunction();

/** Looks after every session. */
export const handler = (): ReturnType<typeof sweep> => namingFailures(sweep);
