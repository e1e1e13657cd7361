import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Changed, type Progress, pursue } from './api-client.ts';
import type { Child } from './child.ts';
import { examine } from './examine.ts';
import type { CrashPoint } from './operations.ts';
import { broken, differing, type Fire, lost, type Outcome, type Problem } from './scenario.ts';
import { type How, openScene, type Scene } from './scene.ts';

/** Where servers die: in the order in which one comes there. */
export const SERVED: readonly CrashPoint[] = [
  'claim.put.before',
  'claim.put.after',
  'evidence.put.after',
  'session.list.after',
  'session.create.before',
  'session.create.after',
  'session.take.after',
  'task.create.after',
  'task.lease.after',
  'task.complete.before',
  'session.report.after',
  'session.end.after',
  'report.write.before',
  'report.swap.after',
];

/**
 * A client that wants one report of an API whose server dies again and again, at named points or at any time. It sends the same
 * Idempotency-Key to each server and goes on from the last event it heard.
 */
export async function runServer(points: readonly CrashPoint[], { random, expected }: Fire): Promise<Outcome> {
  const report = await expected.ofBill();
  const scene = openScene();
  const progress: Progress = { key: `fire-${Math.floor(random() * 1e9)}`, heard: [] };
  const missed: string[] = [];
  try {
    for (const point of points) {
      const { child, went } = await serveOnce(scene, progress, { crashAt: { point, nth: 1 } });
      if (went instanceof Changed) return scene.outcome([broken(went.message)]);
      if (child.isOver()) continue;
      missed.push(point);
      await scene.kill(child);
    }
    const { child, went } = await serveOnce(scene, progress, {});
    await scene.dismiss(child);
    const failed = went === undefined ? [] : [lost(`the last server did not answer: ${String(went)}`)];
    return scene.outcome(
      [...failed, ...toldWrong(progress, report), ...(await examine(scene, { report, outs: [] }))],
      missed,
    );
  } finally {
    scene.remove();
  }
}

/** One server for as long as it lives; `went`: why the client did not get there. */
async function serveOnce(scene: Scene, progress: Progress, how: How): Promise<{ child: Child; went: unknown }> {
  const child = scene.start(['serve', '--port', '0'], how);
  try {
    const url = (await child.says('listening on ')).replace(/.*listening on /, '');
    const token = readFileSync(join(scene.at.home, 'keys/api.token'), 'utf8').trim();
    await pursue(url, token, scene.at, progress);
    return { child, went: undefined };
  } catch (error) {
    if (how.crashAt !== undefined) await Promise.race([child.ended, sleep(5_000)]);
    return { child, went: error };
  }
}

/** What the client was told that is not so. */
function toldWrong({ heard, report }: Progress, expected: string): Problem[] {
  const ended = heard.filter(({ event }) => event === 'task-ended').map(({ data }) => String(data['task_id']));
  const planned = heard.filter(({ event }) => event === 'plan-made').map(({ data }) => Number(data['tasks']));
  const twice = ended.length - new Set(ended).size;
  const untold = planned.reduce((sum, n) => sum + n, 0) - new Set(ended).size;
  return [
    ...(report === expected ? [] : [differing('the report of the API differs from the one of an undisturbed run')]),
    ...(twice === 0 ? [] : [broken(`${twice} tasks were told to end twice`)]),
    ...(untold === 0 ? [] : [broken(`the end of ${untold} tasks was not told`)]),
  ];
}
