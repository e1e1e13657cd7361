import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeError } from './errors.ts';

/** The data folder of an installation (DESIGN 5): everything InfraFabric keeps on this machine, readable by its owner only. */
export interface Home {
  readonly path: string;
  readonly database: string;
  /** How other processes reach the owner of the database: port, pid, credential; 0600. */
  readonly embedded: string;
  readonly keys: string;
  readonly reports: string;
}

/** Makes the folder if it is missing. @throws RuntimeError `STATE_DIR_READONLY`. */
export function openHome(path: string): Home {
  try {
    for (const folder of [path, join(path, 'keys'), join(path, 'reports')])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new RuntimeError('STATE_DIR_READONLY', {
      message: 'the data folder cannot be written',
      where: path,
      fix: 'set INFRAFABRIC_HOME to a folder you can write',
      cause,
    });
  }
  return {
    path,
    database: join(path, 'aws.db'),
    embedded: join(path, 'embedded.json'),
    keys: join(path, 'keys'),
    reports: join(path, 'reports'),
  };
}
