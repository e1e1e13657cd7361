import { memoryEvidence } from '@infrafabric/store';
import { expect, test } from 'vitest';
import { recentBlobs } from './assemble.ts';

test('keeps the stores of the sixteen sessions asked for last, and opens an older one anew', () => {
  const opened: string[] = [];
  const blobsOf = recentBlobs((session) => {
    opened.push(session);
    return memoryEvidence();
  });
  const ids = Array.from({ length: 17 }, (_, n) => `s-${n}`);
  const first = blobsOf('s-0');
  for (const id of ids.slice(1, 16)) blobsOf(id);
  expect(blobsOf('s-0')).toBe(first);
  blobsOf('s-16');
  blobsOf('s-0');
  blobsOf('s-1');

  expect(opened).toStrictEqual([...ids, 's-1']);
});
