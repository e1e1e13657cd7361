import type { InputFile } from '@infrafabric/finops';
import { CollectError } from '../errors.ts';
import type { BillFile } from './bill-file.ts';
import type { Destination } from './destination.ts';

/** Not yet. */
export function mergeCsv(file: BillFile, _kind: 'csv' | 'gzip', _to: Destination): Promise<InputFile> {
  return Promise.reject(
    new CollectError('INPUT_TOO_LARGE', { message: 'expected at most 67108864 bytes, got more', where: file.name }),
  );
}
