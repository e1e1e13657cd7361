import { acceptedSession, examine, type Expectation } from './examine.ts';
import { endedWrong, type Outcome } from './scenario.ts';
import { analysisArgs, openScene, resumeArgs, type Scene, type Target } from './scene.ts';

/** One process that is to die, and what goes wrong in it besides. */
export interface Step extends Target {
  readonly environment?: Readonly<Record<string, string>>;
  /** What is started when a session is there; finishing it unless given. */
  readonly args?: (scene: Scene, session: string) => readonly string[];
  /** What happens before it is started. */
  readonly prepare?: (scene: Scene) => Promise<void>;
  /** It is asked to stop once it says this. */
  readonly stopOn?: string;
}

/** A chain of deaths of one session. */
export interface Chain {
  readonly steps: readonly Step[];
  readonly expected: Expectation;
  /** How the last process is started and must end; it finishes the session unless given. */
  readonly last?: Pick<Step, 'args' | 'environment'> & { readonly status?: number };
}

/**
 * One analysis in which everything dies at once, again and again: `analyze` is killed at the first step, whoever finishes
 * its session is killed at the next one, and so on; the last one is left alone. Each process owns the store, coordinates, works.
 */
export async function runChain({ steps, expected, last = {} }: Chain): Promise<Outcome> {
  const scene = openScene();
  try {
    const missed: string[] = [];
    for (const step of steps) {
      await step.prepare?.(scene);
      const { hit, status, lines } = await scene.die(await nextArgs(scene, step), step);
      if (hit) continue;
      if (typeof status === 'number' && status > 1) return scene.outcome([endedWrong(step.point, status, lines)]);
      missed.push(`${step.point}#${step.nth}`);
    }
    const child = scene.start(
      await nextArgs(scene, last),
      last.environment === undefined ? {} : { environment: last.environment },
    );
    const status = await child.ended;
    const failed = status === (last.status ?? 0) ? [] : [endedWrong('the last process', status, child.lines)];
    return scene.outcome([...failed, ...(await examine(scene, expected))], missed);
  } finally {
    scene.remove();
  }
}

/** Starts an analysis where no session was accepted yet, and goes on with the one that was. */
async function nextArgs(scene: Scene, { args }: Pick<Step, 'args'>): Promise<readonly string[]> {
  const session = await acceptedSession(scene);
  if (session === undefined) return analysisArgs(scene, 'out');
  return (args ?? ((_, id) => resumeArgs(scene, id, 'out')))(scene, session.session_id);
}
