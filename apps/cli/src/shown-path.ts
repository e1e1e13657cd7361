import { relative, resolve } from 'node:path';

/** A path as a person would type it from here: relative below this folder, absolute elsewhere. */
export function shownPath(path: string): string {
  const fromHere = relative('', path);
  if (fromHere === '') return '.';
  return fromHere.startsWith('..') ? resolve(path) : fromHere;
}
