import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { logOnDisk } from './disk.ts';

const directory = mkdtempSync(join(tmpdir(), 'aws-local-disk-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = join(directory, 'log');
writeFileSync(file, 'log');

/** Handles of this process on the file (Linux). */
const handles = (): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)) === file;
    } catch {
      return false;
    }
  }).length;

test.skipIf(process.platform !== 'linux')(
  'the file is let go when the syncs under way have ended (Linux)',
  async () => {
    const disk = logOnDisk(file);
    disk.syncNow();
    const sync = disk.sync();
    disk.close();
    expect(handles()).toBe(1);
    await sync;
    expect(handles()).toBe(0);
  },
);
