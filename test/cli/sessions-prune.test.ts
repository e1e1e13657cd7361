import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openFabric, readConfig } from '@infrafabric/runtime';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { smallEstate } from './testing/inputs.ts';

const DAY_MS = 86_400_000;

test('sessions that ended long ago go with their work; a live one, a young one, reports and evidence stay', async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, 'home');
  const run = async (...args: string[]) => infrafabric(['sessions', ...args], { home, cwd });
  const estate = smallEstate(join(cwd, 'estate'));
  const analyze = ['analyze', '--estate', estate, '--as-of', '2026-11-20'];
  await infrafabric(analyze, { home, cwd });
  const config = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } });
  const fabric = await openFabric(config);
  const [old] = await fabric.state.sessions();
  const id = old!.session_id;
  const ended_at_ms = Date.now() - 91 * DAY_MS;
  await fabric.state.changeSession(id, { expect: {}, set: { ended_at_ms } });
  const [live, young] = ['s-02000000-0000-7000-8000-000000000001', 's-02000000-0000-7000-8000-000000000002'];
  const created_at_ms = ended_at_ms - DAY_MS;
  const { ended_at_ms: _ended, ...open } = old!;
  await fabric.state.createSession({ ...open, session_id: live, state: 'RUNNING', created_at_ms });
  await fabric.state.createSession({ ...old!, session_id: young, ended_at_ms: Date.now() });
  const evidence = old!.request.tables.prices;
  await fabric.close();

  const would = await run('prune', '--older-than', '90', '--dry-run', '--json');
  const pruned = await run('prune', '--older-than', '90');
  const again = await run('prune', '--older-than', '90', '--json');
  const bad = await run('prune', '--older-than', 'x');
  const after = await openFabric(config);
  const left = (await after.state.sessions()).map(({ session_id }) => session_id);
  const tasks = await after.state.taskStatuses(id);
  const bytes = await after.evidence.get(evidence);
  await after.close();

  expect(JSON.parse(would.stdout)).toMatchObject([{ session_id: id, state: 'DONE', objects: 0, items: 0 }]);
  expect([pruned.status, pruned.stdout]).toStrictEqual([0, expect.stringContaining(id)]);
  expect([again.status, JSON.parse(again.stdout)]).toStrictEqual([0, []]);
  expect(bad.status).toBe(2);
  expect(left).toStrictEqual([young, live]);
  expect(tasks).toStrictEqual([]);
  expect(bytes.length).toBeGreaterThan(0);
  expect(existsSync(join(home, 'reports', id, 'report.html'))).toBe(true);
});
