import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RuntimeError } from './errors.ts';
import type { Inputs } from './ingest.ts';

/** The date every demo is judged at, so that it always says the same. */
export const DEMO_AS_OF = '2026-11-20';

/** The sample that ships with InfraFabric: an estate of one account in two regions and its FOCUS bill. */
export function demoInputs(): Inputs & { asOf: string } {
  const folder = [
    resolve(import.meta.dirname, '../examples/demo'),
    resolve(import.meta.dirname, '../../../examples/demo'),
  ].find(existsSync);
  if (folder === undefined) {
    throw new RuntimeError('INPUT_NONE', {
      message: 'the demo sample is not part of this installation',
      fix: 'install InfraFabric again',
    });
  }
  return { estate: join(folder, 'estate'), bills: [join(folder, 'bill.csv')], asOf: DEMO_AS_OF };
}
