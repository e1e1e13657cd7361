import { expect, test } from 'vitest';
import { CollectError } from '../errors.ts';
import { fileError } from './file-error.ts';

test.each([
  ['ENOENT', 'INPUT_NOT_FOUND'],
  ['EACCES', 'INPUT_UNREADABLE'],
  ['EIO', 'INPUT_UNREADABLE'],
  ['ELOOP', 'INPUT_OUTSIDE'],
  ['ENXIO', 'INPUT_NOT_REGULAR'],
])('%s of the file system is %s, and says no path', (errno, code) => {
  const error = fileError(
    Object.assign(new Error(`${errno}: /secret-place/estate`), { code: errno }),
    'us-east-1/a.json',
  );
  expect(error).toBeInstanceOf(CollectError);
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code, where: 'us-east-1/a.json' });
  expect(JSON.stringify(error)).not.toContain('/secret-place');
});

test('an error it does not know stays what it is', () => {
  const bug = new TypeError('x is not a function');
  expect(fileError(bug, 'a')).toBe(bug);
});
