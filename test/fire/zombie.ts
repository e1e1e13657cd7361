import { setTimeout as sleep } from 'node:timers/promises';
import { WORKER_ROLES } from '@infrafabric/protocol';
import type { Child } from './child.ts';
import { type Crew, openCrew } from './crew.ts';
import { examine } from './examine.ts';
import { broken, endedWrong, type Fire, type Outcome, type Problem } from './scenario.ts';
import { analysisArgs, openScene, type Scene } from './scene.ts';

/** Whom a pause strikes. */
export type Sleeper = 'worker' | 'coordinator' | 'owner';

/** A lease is revoked after 10 s of silence (pace of the embedded mode). */
const LEASE_MS = 10_000;

/**
 * A process is stopped (SIGSTOP) in the middle of its work, for long enough that a worker's lease goes to another one, and
 * wakes up (SIGCONT) believing that nothing happened: what it writes then must be refused.
 */
export async function runZombie(
  sleeper: Sleeper,
  { random, expected, pauseMs }: Fire & { readonly pauseMs: number },
): Promise<Outcome> {
  const scene = openScene();
  let crew: Crew | undefined;
  try {
    crew = await openCrew(scene);
    const role = WORKER_ROLES[Math.floor(random() * 2)] ?? 'collector';
    const slow = { FIRE_FAULTS: 'evidence.get=slow:3000#1-4;blob.get=slow:3000#1-4' };
    const worker = await crew.replace(role, { environment: slow });
    const client = scene.start(analysisArgs(scene, 'out', '--external'));
    await worker.says('"task-leased"');
    const struck =
      sleeper === 'worker' ? worker : sleeper === 'coordinator' ? crew.of('coordinator') : ownerOf(scene, crew);
    const second = sleeper === 'worker' ? [scene.start(['worker', '--role', role])] : [];
    struck.signal('SIGSTOP');
    await sleep(pauseMs);
    struck.signal('SIGCONT');
    const status = await client.ended;
    await sleep(sleeper === 'worker' ? 3_000 : 0);
    await Promise.all([crew.end(), ...second.map((child) => scene.dismiss(child))]);
    const failed = status === 0 ? [] : [endedWrong('analyze --external', status, client.lines)];
    const revoked = sleeper !== 'worker' || pauseMs < LEASE_MS ? [] : wroteLate(scene, struck);
    return scene.outcome([...failed, ...revoked, ...(await examine(scene, { report: expected.report, attempts: 2 }))]);
  } finally {
    await crew?.end();
    scene.remove();
  }
}

function ownerOf(scene: Scene, crew: Crew): Child {
  const pid = scene.ownerPid();
  return crew.roles.map((role) => crew.of(role)).find((child) => child.pid === pid) ?? crew.of('coordinator');
}

/** Tasks that the sleeper finished although another one had been granted them. */
function wroteLate(scene: Scene, { pid }: Child): Problem[] {
  const noted = scene.noted();
  const own = noted.filter((entry) => entry.pid === pid && entry.operation === 'task.complete');
  const late = own.filter(({ pk, sk, fence = 0 }) =>
    noted.some(
      (entry) => entry.pk === pk && entry.sk === sk && entry.operation === 'task.lease' && (entry.fence ?? 0) > fence,
    ),
  );
  return late.map(({ sk }) => broken(`${sk} was finished by a worker that had lost it`));
}
