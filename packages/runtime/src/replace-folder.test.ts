import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATHS } from '@infrafabric/report';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFolder } from './replace-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'infrafabric-replace-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function anOldReport(): string {
  const out = join(parent, 'out');
  mkdirSync(join(out, 'proof'), { recursive: true });
  writeFileSync(join(out, PATHS.manifest), 'old');
  return out;
}

test('a filled draft takes the place of the old report whole', async () => {
  const out = anOldReport();
  const filled = await replaceFolder(out, async (draft) => {
    draft.write(PATHS.manifest, bytes('new'));
    draft.write('report.json', bytes('{}'));
    return readFileSync(join(draft.path, PATHS.manifest), 'utf8');
  });
  expect(filled).toBe('new');
  expect(readdirSync(out).sort()).toStrictEqual(['proof', 'report.json']);
  expect(readFileSync(join(out, PATHS.manifest), 'utf8')).toBe('new');
  expect(readdirSync(parent)).toStrictEqual(['out']);
});

test('a draft that fails half way leaves the old report and no trace of itself', async () => {
  const out = anOldReport();
  const failing = replaceFolder(out, async (draft) => {
    draft.write('report.json', bytes('{}'));
    throw new RangeError('does not verify');
  });
  await expect(failing).rejects.toThrow('does not verify');
  expect(readFileSync(join(out, PATHS.manifest), 'utf8')).toBe('old');
  expect(readdirSync(parent)).toStrictEqual(['out']);
});

test('a folder that somebody filled while the draft was made is left alone', async () => {
  const out = join(parent, 'out');
  const racing = replaceFolder(out, async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'theirs.txt'), 'theirs');
  });
  await expect(racing).rejects.toMatchObject({ code: 'OUT_NOT_EMPTY' });
  expect(readdirSync(parent)).toStrictEqual(['out']);
  expect(readdirSync(out)).toStrictEqual(['theirs.txt']);
});
