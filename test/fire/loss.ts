import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCrew } from './crew.ts';
import { acceptedSession, examine } from './examine.ts';
import { broken, endedWrong, type Fire, type Outcome, type Problem } from './scenario.ts';
import { analysisArgs, openScene, resumeArgs, type Scene } from './scene.ts';

/** What is left of the store when its owner comes back. */
export type Left = 'data' | 'nothing';

/**
 * The owner of the store dies, and everybody with it but the client of an analysis; then a new crew comes up: with the data, and the
 * session is finished, or without, and the client says that its state is lost. Nothing ever says that it is done.
 */
export async function runLoss(left: Left, { random, expected }: Fire): Promise<Outcome> {
  const scene = openScene();
  const first = await openCrew(scene, { environment: { FIRE_FAULTS: 'blob.get=slow:700#1-20' } });
  const crews = [first];
  try {
    const client = scene.start(analysisArgs(scene, 'out', '--external'));
    await client.says('tasks');
    await sleep(Math.floor(random() * 1_000));
    client.signal('SIGSTOP');
    await first.strike();
    const lostSession = left === 'nothing' ? (await acceptedSession(scene))?.session_id : undefined;
    if (left === 'nothing') wipe(scene);
    crews.push(await openCrew(scene));
    client.signal('SIGCONT');
    const status = await client.ended;
    await Promise.all(crews.map((crew) => crew.end()));
    if (left === 'data') {
      const failed = status === 0 ? [] : [endedWrong('analyze --external', status, client.lines)];
      return scene.outcome([...failed, ...(await examine(scene, { report: expected.report }))]);
    }
    const said = client.lines.join('\n').includes('STATE_LOST') && status === 6;
    const wrong = said ? [] : [endedWrong('a client whose state was lost', status, client.lines)];
    return scene.outcome([...wrong, ...(await neverDone(scene, lostSession ?? ''))]);
  } finally {
    await Promise.all(crews.map((crew) => crew.end()));
    scene.remove();
  }
}

/** Takes the database away, as a lost disk would; keys stay. */
function wipe({ at }: Scene): void {
  for (const name of readdirSync(at.home).filter((name) => name.startsWith('aws.db'))) rmSync(join(at.home, name));
}

/** Nobody claims a session that is gone: no report, and finishing it is refused. */
async function neverDone(scene: Scene, session: string): Promise<Problem[]> {
  const child = scene.start(resumeArgs(scene, session, 'again'));
  const status = await child.ended;
  const refused = status === 6 && child.lines.join('\n').includes('STATE_LOST');
  const reports = ['out', 'again'].filter((out) => existsSync(scene.at.out(out)));
  return [
    ...(refused ? [] : [endedWrong('resuming a session that is gone', status, child.lines)]),
    ...reports.map((out) => broken(`a session that is gone has a report in ${out}`)),
  ];
}
