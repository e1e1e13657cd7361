import type { Role } from '@infrafabric/protocol';
import { type Crew, openCrew } from './crew.ts';
import { examine } from './examine.ts';
import type { Operation } from './operations.ts';
import { endedWrong, type Fire, type Outcome, type Problem } from './scenario.ts';
import { analysisArgs, openScene, type Scene, type Target } from './scene.ts';

/** What a process of a role is killed at. */
const OF_COORDINATOR: readonly Operation[] = [
  'session.take',
  'session.plan',
  'blob.put',
  'task.create',
  'bus.publish',
  'session.beat',
  'bus.receive',
  'bus.delete',
  'session.report',
  'session.end',
];
const OF_WORKER: readonly Operation[] = ['bus.receive', 'task.lease', 'task.complete', 'bus.publish', 'bus.delete'];

/**
 * A coordinator and a worker of each role as processes of their own, under a supervisor, and one analysis after the other by
 * `analyze --external`. In each, two of them die at named points and one more at any time; whoever holds the store may be any.
 */
export async function runFleet(sessions: number, { random, expected }: Fire): Promise<Outcome> {
  const scene = openScene();
  let crew: Crew | undefined;
  const outs: string[] = [];
  const problems: Problem[] = [];
  try {
    crew = await openCrew(scene);
    for (let n = 0; n < sessions; n += 1) {
      outs.push(`out-${n}`);
      problems.push(...(await oneSession(`out-${n}`, { scene, crew, random })));
    }
    await crew.end();
    return scene.outcome([...problems, ...(await examine(scene, { report: expected.report, outs }))]);
  } finally {
    await crew?.end();
    scene.remove();
  }
}

interface Battle {
  readonly scene: Scene;
  readonly crew: Crew;
  readonly random: () => number;
}

async function oneSession(out: string, { scene, crew, random }: Battle): Promise<Problem[]> {
  const [worker, other] = shuffled(crew.roles.slice(1), random);
  if (worker === undefined || other === undefined) return [];
  await Promise.all([
    crew.replace('coordinator', { crashAt: targetOf('coordinator', random) }),
    crew.replace(worker, { crashAt: targetOf(worker, random) }),
  ]);
  const client = scene.start(analysisArgs(scene, out, '--external'));
  const strike = AbortSignal.timeout(300 + Math.floor(random() * 2_500));
  const struck = new Promise((resolve) => strike.addEventListener('abort', resolve)).then(() => crew.replace(other));
  const status = await client.ended;
  await struck;
  return status === 0 ? [] : [endedWrong('analyze --external', status, client.lines)];
}

function targetOf(role: Role, random: () => number): Target {
  const operations = role === 'coordinator' ? OF_COORDINATOR : OF_WORKER;
  const operation = operations[Math.floor(random() * operations.length)] ?? 'bus.receive';
  return { point: `${operation}.${random() < 0.5 ? 'before' : 'after'}`, nth: 1 };
}

/** The same values in an order of chance (Fisher and Yates). */
export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const all = [...values];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [all[at], all[other]];
    if (a !== undefined && b !== undefined) [all[at], all[other]] = [b, a];
  }
  return all;
}
