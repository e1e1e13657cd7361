import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock, openAwsLocal } from '@infrafabric/aws-local';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Home, openHome } from '../home.ts';
import { openEmbeddedAws } from './embedded-aws.ts';

let folder: string;
let home: Home;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'infrafabric-embedded-'));
  home = openHome(folder);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

test('waits for a dying owner that has let go of the folder to let go of the database', async () => {
  const dying = openAwsLocal({ file: home.database });
  const opening = openEmbeddedAws(home);
  let isOpen = false;
  void opening.then(() => (isOpen = true));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(isOpen).toBe(false);
  await dying.close();
  await vi.advanceTimersByTimeAsync(25);

  const embedded = await opening;
  expect(embedded.isOwner()).toBe(true);
  await embedded.close();
});

test('lets go of the folder where it cannot own it', async () => {
  const holder = openAwsLocal({ file: home.database });
  const opening = openEmbeddedAws(home).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await opening).toMatchObject({ code: 'LOCKED' });

  const lock = acquireLock(home.path);
  expect(lock).not.toHaveProperty('heldBy');
  if (!('heldBy' in lock)) lock.release();
  await holder.close();
});
