import { type Role, WORKER_ROLES } from '@infrafabric/protocol';
import type { Child } from './child.ts';
import type { How, Scene } from './scene.ts';

/** One process of each role of an installation; one that dies is replaced at once, as a supervisor would. */
export interface Crew {
  readonly roles: readonly Role[];
  readonly of: (role: Role) => Child;
  /** Kills the process of a role and starts another in its place; resolves when that one is ready, or dead. */
  readonly replace: (role: Role, how?: How) => Promise<Child>;
  /** Kills everyone at once, and nobody comes in their place. */
  readonly strike: () => Promise<void>;
  /** Lets everyone go. */
  readonly end: () => Promise<void>;
}

/** Starts the crew; resolves when all are ready. */
export async function openCrew(scene: Scene, how: How = {}): Promise<Crew> {
  const roles: readonly Role[] = ['coordinator', ...WORKER_ROLES];
  const crew = new Map<Role, Child>();
  let isOpen = true;
  const enlist = (role: Role, armed: How): Child => {
    const child = scene.start(role === 'coordinator' ? ['coordinator'] : ['worker', '--role', role], armed);
    crew.set(role, child);
    void child.ended.then(() => (isOpen && crew.get(role) === child ? enlist(role, how) : undefined));
    return child;
  };
  const ready = (child: Child): Promise<unknown> => Promise.race([child.says('is ready'), child.ended]);
  await Promise.all(roles.map((role) => ready(enlist(role, how))));
  const of = (role: Role): Child => {
    const child = crew.get(role);
    if (child === undefined) throw new TypeError(`nobody of the crew is ${role}`);
    return child;
  };
  return {
    roles,
    of,
    async replace(role, armed = how) {
      const old = of(role);
      const child = enlist(role, armed);
      await scene.kill(old);
      await ready(child);
      return child;
    },
    async strike() {
      isOpen = false;
      await Promise.all([...crew.values()].map((child) => scene.kill(child)));
    },
    async end() {
      isOpen = false;
      await Promise.all([...crew.values()].map((child) => scene.dismiss(child)));
    },
  };
}
