import { CollectError } from '../errors.ts';

/**
 * What an error of the file system means for an input; our own errors pass unchanged, and an unknown one is a bug of ours.
 *
 * Codes of errno(3): a loop of links leads nowhere inside the directory, so it counts as leading out of it.
 */
export function fileError(error: unknown, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const meaning = error instanceof CollectError ? undefined : MEANINGS[code];
  if (meaning === undefined) return error;
  return new CollectError(meaning.code, {
    message: `expected a readable file, got ${meaning.got}`,
    where,
    fix: meaning.fix,
  });
}

type Meaning = {
  code: 'INPUT_NOT_FOUND' | 'INPUT_UNREADABLE' | 'INPUT_OUTSIDE' | 'INPUT_NOT_REGULAR';
  got: string;
  fix: string;
};

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: { code: 'INPUT_NOT_FOUND', got: 'nothing there', fix: 'check the path; a link may have lost its target' },
  ENOTDIR: { code: 'INPUT_NOT_FOUND', got: 'nothing there', fix: 'check the path' },
  EACCES: { code: 'INPUT_UNREADABLE', got: 'no permission', fix: 'give the user who runs this read permission' },
  EPERM: { code: 'INPUT_UNREADABLE', got: 'no permission', fix: 'give the user who runs this read permission' },
  EIO: { code: 'INPUT_UNREADABLE', got: 'an error of the disk', fix: 'copy the directory to a healthy disk' },
  ENAMETOOLONG: { code: 'INPUT_NOT_FOUND', got: 'a name that is too long', fix: 'check the path' },
  ELOOP: { code: 'INPUT_OUTSIDE', got: 'a link that leads to itself', fix: 'remove the link' },
  ENXIO: { code: 'INPUT_NOT_REGULAR', got: 'a FIFO, device or socket', fix: 'remove it from the estate directory' },
};
