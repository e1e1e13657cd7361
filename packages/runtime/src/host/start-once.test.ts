import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '@infrafabric/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { type Fabric, openFabric } from '../fabric.ts';
import { starterOf } from './start-session.ts';
import { openUploads } from './uploads.ts';

let home: string;
let fabric: Fabric;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'infrafabric-start-'));
  fabric = await openFabric(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } }));
});
afterEach(async () => {
  await fabric.close();
  rmSync(home, { recursive: true, force: true });
});

/** A way into sessions as a process of its own has it. */
const starter = (over: Partial<Fabric['state']> = {}) => {
  const { state, clock } = fabric;
  const uploads = openUploads(fabric.home, 1, () => clock.nowMs());
  return starterOf({ ...fabric, state: { ...state, ...over } }, uploads, new AbortController().signal);
};
const away = () => Promise.reject(new StoreError('UNAVAILABLE', { message: 'the process is gone here' }));

test('a start that is cut between its key and its session is made good by the next one with that key, once', async () => {
  await expect(starter({ createSession: away })({ demo: true }, 'nightly')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  expect(await fabric.state.sessions()).toStrictEqual([]);

  const [first, second] = await Promise.all([1, 2].map(async () => starter()({ demo: true }, 'nightly')));
  const third = await starter()({ demo: true }, 'nightly');
  const sessions = await fabric.state.sessions();

  expect(sessions.map(({ session_id }) => session_id)).toStrictEqual([first?.session_id]);
  expect([second, third]).toStrictEqual([first, first]);
  await expect(starter()({ demo: true, question: 'why?' }, 'nightly')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  });
});

test('a start whose answer got lost is answered with the session that it made', async () => {
  const lost: Fabric['state']['createSession'] = async (record) => {
    await fabric.state.createSession(record);
    return away();
  };
  await expect(starter({ createSession: lost })({ demo: true }, 'nightly')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  const again = await starter()({ demo: true }, 'nightly');

  expect((await fabric.state.sessions()).map(({ session_id }) => session_id)).toStrictEqual([again.session_id]);
});
