import { openPromise, type ZipFile } from 'yauzl';
import { CollectError } from './errors.ts';

/** Names of files that are archives themselves. */
export const ARCHIVE_NAME = /\.(zip|jar|gz|tgz|bz2|xz|7z|rar|tar)$/i;

/** Opens a zip whose members are read one by one and whose names may not lead out of it. Close it. */
export function openZip(path: string): Promise<ZipFile> {
  return openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true });
}

/** Whether yauzl refused a member because of its name, by its own words. */
export function leadsOut(error: unknown): boolean {
  return /absolute path|invalid relative path|invalid characters in fileName/.test(String(error));
}

/** A zip that ends early or is damaged. */
export function truncatedZip(name: string, cause: unknown): CollectError {
  return new CollectError('INPUT_TRUNCATED', {
    message: 'expected a whole zip, got one that ends early or is damaged',
    where: name,
    fix: 'copy or download the file again',
    cause,
  });
}
