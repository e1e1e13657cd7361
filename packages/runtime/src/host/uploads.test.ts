import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, openHome } from '../home.ts';
import { openUploads } from './uploads.ts';

let folder: string;
let home: Home;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'infrafabric-uploads-'));
  home = openHome(folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW_MS = Date.UTC(2026, 10, 20);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const chunksOf = (text: string): AsyncIterable<Uint8Array> => new Blob([text]).stream();

test('uploads that do not fit beside the others are refused, and leave nothing behind', async () => {
  const uploads = openUploads(home, 10, () => NOW_MS);
  await uploads.keep(hashOf('123456'), chunksOf('123456'));

  await expect(uploads.keep(hashOf('abcde'), chunksOf('abcde'))).rejects.toMatchObject({ code: 'UPLOAD_QUOTA' });
  expect(await uploads.keep(hashOf('abcd'), chunksOf('abcd'))).toStrictEqual({ fresh: true });
  expect(readdirSync(join(folder, 'inputs')).sort()).toStrictEqual([hashOf('123456'), hashOf('abcd')].sort());
});

test('uploads under way at once share the room', async () => {
  const uploads = openUploads(home, 10, () => NOW_MS);
  const [taken, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = uploads.keep(
    hashOf('123456'),
    (async function* () {
      yield new TextEncoder().encode('123456');
      taken.resolve();
      await slow.promise;
    })(),
  );
  await taken.promise;

  await expect(uploads.keep(hashOf('abcde'), chunksOf('abcde'))).rejects.toMatchObject({ code: 'UPLOAD_QUOTA' });
  slow.resolve();
  expect(await first).toStrictEqual({ fresh: true });
});

test('a removed upload makes room', async () => {
  const uploads = openUploads(home, 6, () => NOW_MS);
  await uploads.keep(hashOf('123456'), chunksOf('123456'));

  expect([uploads.remove(hashOf('123456')), uploads.remove(hashOf('123456')), uploads.remove('../x')]).toStrictEqual([
    true,
    false,
    false,
  ]);
  expect(await uploads.keep(hashOf('abcdef'), chunksOf('abcdef'))).toStrictEqual({ fresh: true });
});

test('drafts of a process that is gone are removed after a day', () => {
  const drafts = ['.draft-old', '.lent-new'].map((name) => join(folder, 'inputs', name));
  for (const draft of drafts) mkdirSync(draft, { recursive: true });
  utimesSync(drafts[0]!, new Date(NOW_MS - 2 * 86_400_000), new Date(NOW_MS - 2 * 86_400_000));
  utimesSync(drafts[1]!, new Date(NOW_MS), new Date(NOW_MS));

  openUploads(home, 10, () => NOW_MS);

  expect(readdirSync(join(folder, 'inputs'))).toStrictEqual(['.lent-new']);
});
