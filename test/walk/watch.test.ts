import { WORKER_ROLES } from '@infrafabric/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, openFleet } from './fleet.ts';
import { type Installation, installation } from './installation.ts';

let at: Installation;
let fleet: Fleet;

beforeAll(() => {
  at = installation();
  fleet = openFleet(at);
});
afterAll(async () => {
  await fleet.end();
  at.remove();
});

test('a session is watched from another process while it runs, left alone by Ctrl-C, and watched again after its end', async () => {
  const coordinator = fleet.start('coordinator');
  await coordinator.says('coordinator is ready');
  for (const role of WORKER_ROLES.filter((one) => one !== 'pricing')) fleet.start('worker', '--role', role);
  const analysis = fleet.analyze('watched');
  // Nobody does pricing: the session is open for as long as the test needs it.
  const planned = await coordinator.says('"phase":"analysis"');
  const id = /s-[0-9a-f-]{36}/.exec(planned)?.[0] ?? '';

  const during = fleet.start('watch', id);
  expect(await during.says('queue ')).toMatch(/^queue .*pricing [1-9][0-9]*.*; last progress [0-9]+ s ago$/);
  expect(await during.says('collection: ')).toMatch(/^collection: [0-9]+ tasks$/);
  expect(await during.kill('SIGINT')).toBe(0);

  fleet.start('worker', '--role', 'pricing');
  await analysis;
  const after = fleet.start('sessions', 'watch', id, '--verbose');
  expect(await after.says(`session ended: `)).toBe('session ended: DONE');
  expect(await after.says('done pricing/')).toMatch(/^done pricing\//);
  expect(await after.ended).toBe(0);
});
