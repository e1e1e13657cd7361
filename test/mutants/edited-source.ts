import type { Edit } from './mutant.ts';

/** A source with edits applied. @throws TypeError when what an edit looks for does not stand there exactly once. */
export function editedSource(source: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { file, find, replace }) => {
    const places = text.split(find).length - 1;
    if (places !== 1) throw new TypeError(`expected ${JSON.stringify(find)} once in ${file}, got it ${places} times`);
    return text.replace(find, () => replace);
  }, source);
}
